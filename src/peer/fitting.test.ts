import { expect } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { movingPicture, tone } from '../../test/support/pictures.ts';
import { RecordedPc, recordPcs, stopRecording } from '../../test/support/recorded-pcs.ts';
import { until } from '../../test/support/until.ts';
import { SHOWN } from '../protocol/shown.ts';
import { Conversation } from './conversation.ts';
import type { Guest } from '../../test/support/guests.ts';
import type { PeerParts } from './dialect.ts';

interface Sent { packets: number; sounds: number; width: number; active: boolean; bitrate: number | undefined }

/** What a participant's engine sends to one other who shows it small, or not at all: real pictures over real pcs. */
describe('what is sent, fitted to who looks', () => {
  let party: Party;
  let end: AbortController;
  let ada: Guest;
  let bo: Guest;
  /** Of the newest connection of each. */
  let adas: PeerParts | undefined;
  let bos: PeerParts | undefined;
  /** What Ada has refused of what came. */
  let drops: string[];

  const sendersOf = (kind: 'video' | 'audio') => RecordedPc.made.flatMap((pc) => pc.signalingState === 'closed' ? [] : pc.getSenders())
    .filter(({ track }) => track?.kind === kind);
  const encodings = () => sendersOf('video').map((sender) => ({ sender, encoding: sender.getParameters().encodings[0] }));
  const only = () => {
    const [one, another] = encodings();
    if (!one || another) throw new Error('There is not one sender of a picture.');
    return one;
  };

  async function sent(): Promise<Sent> {
    const { sender, encoding } = only();
    const sum = { packets: 0, sounds: 0, width: 0, active: encoding?.active ?? false, bitrate: encoding?.maxBitrate };
    for (const one of [sender, ...sendersOf('audio')]) {
      for (const [, entry] of await one.getStats() as unknown as Iterable<[string, RTCOutboundRtpStreamStats]>) {
        if (entry.type !== 'outbound-rtp') continue;
        if (one === sender) Object.assign(sum, { packets: entry.packetsSent, width: entry.frameWidth ?? 0 });
        else sum.sounds += entry.packetsSent ?? 0;
      }
    }
    return sum;
  }
  async function untilSent(condition: (now: Sent) => boolean, what: string): Promise<Sent> {
    let now = await sent();
    let asking = false;
    await until(() => {
      if (!asking) {
        asking = true;
        void sent().then((next) => { now = next; asking = false; });
      }
      return condition(now);
    }, what);
    return now;
  }
  /** Nothing of it is sent or comes: not one picture, while the sound goes on. */
  async function untilStill(): Promise<void> {
    let { packets, sounds } = await untilSent(({ active }) => !active, 'the sender is switched off');
    for (let [before, pictures] = [-1, -1]; before !== packets || pictures !== await received('video');) {
      [before, pictures] = [packets, await received('video')];
      ({ packets, sounds } = await untilSent((now) => now.sounds >= sounds + 15, 'sound goes on'));
    }
  }
  /** Pictures decoded, or packets of sound that have come. */
  async function received(kind: 'video' | 'audio'): Promise<number> {
    let count = 0;
    for (const pc of RecordedPc.made) {
      for (const [, entry] of await pc.getStats() as unknown as Iterable<[string, RTCInboundRtpStreamStats]>) {
        if (entry.type === 'inbound-rtp' && entry.kind === kind) count += (kind === 'video' ? entry.framesDecoded : entry.packetsReceived) ?? 0;
      }
    }
    return count;
  }

  beforeEach(async () => {
    recordPcs();
    party = new Party();
    end = new AbortController();
    drops = [];
    ada = party.guest('Ada', { log: (_level, _message, data) => { drops.push(String(data?.['reason'])); } }, (parts) => new Conversation(adas = parts));
    bo = party.guest('Bo', {}, (parts) => new Conversation(bos = parts));
    ada.room.publish({ source: 'camera', stream: movingPicture(640, 480, end.signal) });
    ada.room.publish({ source: 'microphone', stream: tone(end.signal) });
    await ada.room.join();
    await bo.room.join();
    await until(() => encodings().length === 1, 'a picture is sent');
  });

  afterEach(() => {
    party.close();
    end.abort();
    stopRecording();
  });

  const flows = () => untilSent(({ packets, width }) => packets > 0 && width > 0, 'a picture flows');

  it('is no picture while the path is gone, and comes again when it is back; sound all the time', async () => {
    await flows();
    const { pc } = adas as PeerParts;
    const [sound] = sendersOf('audio');
    const become = (connectionState?: RTCPeerConnectionState) => {
      if (connectionState) Object.defineProperty(pc, 'connectionState', { configurable: true, value: connectionState });
      else Reflect.deleteProperty(pc, 'connectionState');
      pc.dispatchEvent(new Event('connectionstatechange'));
    };
    for (const gone of ['disconnected', 'failed'] as const) {
      become(gone);
      await untilStill();
      expect(sound?.getParameters().encodings[0]?.active).to.equal(true);
      const { packets } = await sent();
      become();
      await untilSent((now) => now.active && now.packets > packets, 'it flows again');
    }
  });

  it('is everything while nobody says how large they show it', async () => {
    await flows();
    expect((await untilSent(({ width }) => width === 640, 'the whole picture flows')).bitrate).to.equal(undefined);
  });

  it('is a small picture for a small tile, large at once when it grows, and small only after a while', async () => {
    const display = bo.room.show(ada.id, 'camera');
    display.set({ width: 200, height: 150, visible: true });
    const small = await untilSent(({ width }) => width > 0 && width < 320, 'a small picture flows');
    expect(small.bitrate).to.equal(80_000);
    const startMs = performance.now();
    display.set({ width: 1280, height: 720, visible: true });
    await until(() => only().encoding?.scaleResolutionDownBy === 1, 'it grows');
    expect(performance.now() - startMs).to.be.below(1000);
    const shrinkMs = performance.now();
    display.set({ width: 200, height: 150, visible: true });
    await until(() => only().encoding?.scaleResolutionDownBy === 3, 'it shrinks');
    expect(performance.now() - shrinkMs).to.be.above(1500);
  });

  it('is no picture at all where nobody sees it, the sound always, and a picture soon when it is seen again', async () => {
    await flows();
    const display = bo.room.show(ada.id, 'camera');
    display.set({ width: 640, height: 480, visible: false });
    await untilStill();
    const [frames, sounds] = [await received('video'), await received('audio')];
    let heard = sounds;
    await until(() => { void received('audio').then((now) => { heard = now; }); return heard > sounds + 20; }, 'sound goes on');
    expect(await received('video')).to.equal(frames);
    display.set({ width: 640, height: 480, visible: true });
    let seen = frames;
    await until(() => { void received('video').then((now) => { seen = now; }); return seen > frames; }, 'it is seen again', 3000);
  });

  it('is what the largest of several displays wants, and nothing when the last has ended', async () => {
    const displays = [bo.room.show(ada.id, 'camera'), bo.room.show(ada.id, 'camera')];
    displays[0]?.set({ width: 160, height: 120, visible: true });
    displays[1]?.set({ width: 320, height: 240, visible: true });
    await until(() => only().encoding?.scaleResolutionDownBy === 2, 'half the size is sent');
    displays[1]?.end();
    await until(() => only().encoding?.scaleResolutionDownBy === 3, 'the smaller one decides');
    displays[0]?.end();
    await untilStill();
  });

  it('stays what it was over a connection that is made anew', async () => {
    bo.room.show(ada.id, 'camera').set({ width: 320, height: 240, visible: true });
    await until(() => only().encoding?.scaleResolutionDownBy === 2, 'half the size is sent');
    const before = only().sender;
    adas?.handlers.onGiveUp();
    await until(() => encodings().some(({ sender }) => sender !== before), 'another connection is made');
    await party.allMet();
    await until(() => only().encoding?.scaleResolutionDownBy === 2, 'half the size is sent again');
  });

  it('is never more than its publisher wants, whatever the far end says', async () => {
    await party.allMet();
    bos?.control.tell(SHOWN, [{ source: 'camera', width: 320, height: 240 }]);
    await until(() => only().encoding?.scaleResolutionDownBy === 2, 'it was heard');
    const forged = [
      'x', null, {}, [null], [{ source: 'camera', width: -1, height: 1 }], [{ source: 'camera', width: '1e9', height: 1e9 }],
      [{ source: 'camera', width: 0, height: 0 }, 'x'],
    ];
    for (const list of forged) bos?.control.tell(SHOWN, list);
    bos?.control.tell(SHOWN, [
      { source: 'camera', width: 16_384, height: 16_384 }, { source: '__proto__', width: 0, height: 0 }, { source: 'microphone', width: 0, height: 0 },
    ]);
    await until(() => only().encoding?.scaleResolutionDownBy === 1, 'the last word was heard');
    expect([only().encoding?.maxBitrate, only().encoding?.active]).to.deep.equal([undefined, true]);
    const [sound] = sendersOf('audio');
    expect(sound?.getParameters().encodings[0]?.active).to.equal(true);
    expect(drops).to.include('malformed');
  });

  it('is what is seen at each, for who comes later too', async () => {
    bo.room.show(ada.id, 'camera').set({ width: 640, height: 480, visible: true });
    const cy = party.guest('Cy');
    cy.room.show(ada.id, 'camera').set({ width: 100, height: 100, visible: false });
    await cy.room.join();
    await party.allMet();
    await until(() => encodings().map(({ encoding }) => encoding?.active).sort().join() === 'false,true', 'only Bo is sent it');
  });
});
