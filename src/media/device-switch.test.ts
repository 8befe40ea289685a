import { expect } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { RecordedPc, recordPcs, stopRecording } from '../../test/support/recorded-pcs.ts';
import { until } from '../../test/support/until.ts';
import type { Guest } from '../../test/support/guests.ts';

const { mediaDevices } = navigator;
const native = mediaDevices.getUserMedia.bind(mediaDevices);
/** As a real camera does; the browser's fake ones are there at once. */
const OPENING_MS = 400;

/**
 * What the far end sees and hears while a device is exchanged for another: the browser's own devices, real pcs. A machine that is
 * busy stumbles now and then, an engine that leaves a gap does so each time: so the best of several exchanges counts.
 */
describe('a device exchanged during a call', () => {
  let party: Party;
  let end: AbortController;
  let ada: Guest;
  let bo: Guest;

  beforeEach(async () => {
    recordPcs();
    mediaDevices.getUserMedia = async (constraints) => {
      await new Promise((resolve) => { setTimeout(resolve, OPENING_MS); });
      return native(constraints);
    };
    party = new Party();
    end = new AbortController();
    [ada, bo] = await party.pair();
  });

  afterEach(() => {
    party.close();
    end.abort();
    stopRecording();
    mediaDevices.getUserMedia = native;
  });

  async function play<E extends HTMLMediaElement>(element: E, source: string): Promise<E> {
    const track = () => bo.room.snapshot.participants[0]?.tracks.find((one) => one.source === source)?.track;
    await until(track, `the ${source} is announced`);
    element.muted = true;
    element.srcObject = new MediaStream([track() as MediaStreamTrack]);
    await element.play();
    return element;
  }

  async function soundSoFar(): Promise<{ samples: number; concealed: number }> {
    const sum = { samples: 0, concealed: 0 };
    for (const pc of RecordedPc.made) {
      for (const [, entry] of await pc.getStats() as unknown as Iterable<[string, RTCInboundRtpStreamStats]>) {
        if (entry.type !== 'inbound-rtp') continue;
        sum.samples += entry.totalSamplesReceived ?? 0;
        sum.concealed += entry.concealedSamples ?? 0;
      }
    }
    return sum;
  }
  async function soundFrom(before: { samples: number }, samples: number): Promise<{ samples: number; concealed: number }> {
    let now = await soundSoFar();
    await until(() => { void soundSoFar().then((next) => { now = next; }); return now.samples >= before.samples + samples; }, 'sound goes on');
    return now;
  }

  it('leaves no gap in the picture, and needs no negotiation', async () => {
    await ada.room.enable('camera');
    const video = await play(document.createElement('video'), 'camera');
    let gaps: number[] = [];
    let lastMs = 0;
    const next = (nowMs: number) => {
      gaps.push(nowMs - lastMs);
      lastMs = nowMs;
      if (!end.signal.aborted) video.requestVideoFrameCallback(next);
    };
    video.requestVideoFrameCallback(next);
    await until(() => gaps.length > 30, 'pictures come');
    let offers = 0;
    for (const pc of RecordedPc.made) pc.addEventListener('negotiationneeded', () => { offers++; });
    const longest: number[] = [];
    for (let i = 0; i < 3; i++) {
      const { camera, tracks: [before] } = ada.room.snapshot.local;
      gaps = [];
      await ada.room.enable('camera', { deviceId: camera.deviceId as string });
      expect(ada.room.snapshot.local.tracks[0]?.track).not.to.equal(before?.track);
      expect(before?.track?.readyState).to.equal('ended');
      await until(() => gaps.length > 15, 'pictures of the other one come');
      longest.push(Math.max(...gaps));
    }
    expect(Math.min(...longest), `longest of each: ${longest.join(', ')}`).to.be.below(OPENING_MS / 2);
    expect(offers).to.equal(0);
  });

  it('leaves no gap in the sound', async () => {
    await ada.room.enable('microphone');
    await play(new Audio(), 'microphone');
    let before = await soundFrom({ samples: 0 }, 48_000);
    await ada.room.refreshDevices();
    const microphones = ada.room.snapshot.devices.filter(({ kind }) => kind === 'audioinput');
    expect(microphones.length).to.be.above(1);
    const concealed: number[] = [];
    for (const { deviceId } of microphones) {
      await ada.room.enable('microphone', { deviceId });
      const after = await soundFrom(before, 36_000);
      concealed.push(after.concealed - before.concealed);
      before = after;
    }
    const gapsMs = concealed.map((samples) => samples / 48);
    expect(Math.min(...gapsMs), `of each: ${gapsMs.join(', ')}`).to.be.below(OPENING_MS / 4);
  });
});
