import { expect } from '@open-wc/testing';
import { pictureTrack } from '../internal/room.testing.ts';
import { Party } from '../../test/support/guests.ts';
import { until } from '../../test/support/until.ts';
import { RoomRecorder } from './room-recorder.ts';
import type { Guest } from '../../test/support/guests.ts';
import type { Recording } from './room-recorder.ts';

/** A steady tone and a picture that changes, published by the page. */
function perform({ room }: Guest, signal: AbortSignal): void {
  const context = new AudioContext();
  const output = new MediaStreamAudioDestinationNode(context);
  const tone = new OscillatorNode(context, { frequency: 440 });
  tone.connect(output);
  tone.start();
  room.publish({ source: 'microphone', stream: output.stream });
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
  const drawing = canvas.getContext('2d')!;
  let hue = 0;
  const timer = setInterval(() => {
    drawing.fillStyle = `hsl(${hue += 7} 90% 50%)`;
    drawing.fillRect(0, 0, 320, 180);
  }, 50);
  room.publish({ source: 'camera', stream: canvas.captureStream() });
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    void context.close();
  });
}

/** Plays the file: how long it is, whether something is seen and how loud it is. */
async function play({ blob }: Recording): Promise<{ seconds: number; colours: number; loudness: number; size: string }> {
  const video = document.createElement('video');
  video.src = URL.createObjectURL(blob!);
  await until(() => video.readyState >= 2, 'it can be played');
  const context = new AudioContext();
  const analyser = new AnalyserNode(context);
  new MediaElementAudioSourceNode(context, { mediaElement: video }).connect(analyser);
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
  const drawing = canvas.getContext('2d', { willReadFrequently: true })!;
  const [colours, samples] = [new Set<string>(), new Float32Array(analyser.fftSize)];
  let loudness = 0;
  await video.play();
  await until(() => {
    drawing.drawImage(video, 0, 0, 64, 36);
    const [red = 0, green = 0, blue = 0] = drawing.getImageData(32, 18, 1, 1).data;
    colours.add([red, green, blue].map((value) => value >> 5).join());
    analyser.getFloatTimeDomainData(samples);
    loudness = Math.max(loudness, ...samples);
    return video.ended;
  }, 'it has been played');
  await context.close();
  return { seconds: video.duration, colours: colours.size, loudness, size: `${video.videoWidth}x${video.videoHeight}` };
}

describe('RoomRecorder', () => {
  let party: Party;
  let ada: Guest;
  let bo: Guest;
  let end: AbortController;
  beforeEach(async () => {
    end = new AbortController();
    party = new Party();
    [ada, bo] = await party.pair();
  });
  afterEach(() => {
    end.abort();
    party.close();
  });
  const live = ({ room }: Guest) => room.snapshot.participants.flatMap(({ tracks }) => tracks).filter((track) => track.live && track.track).length;

  it('makes a file that plays, of picture and sound of others, without a device, once they were told', async () => {
    perform(bo, end.signal);
    await until(() => live(ada) === 2, 'Ada has picture and sound');
    const recorder = new RoomRecorder(ada.room);
    const { MediaRecorder: Real } = window;
    let toldFirst = false;
    window.MediaRecorder = class extends Real {
      override start(partMs?: number): void {
        toldFirst = ada.room.snapshot.local.recording !== undefined;
        super.start(partMs);
      }
    };
    recorder.choose(ada.id, false);
    await recorder.start();
    window.MediaRecorder = Real;
    expect(toldFirst).to.equal(true);
    await until(() => bo.room.snapshot.participants[0]?.recording !== undefined, 'Bo sees that Ada records');
    await until(() => recorder.durationMs > 2500 && recorder.bytes > 20_000, 'some of it is there');
    const recording = await recorder.stop();
    expect(recording).to.equal(recorder.recordings[0]);
    await until(() => bo.room.snapshot.participants[0]?.recording === undefined, 'the sign goes');
    const { seconds, colours, loudness, size } = await play(recording!);
    expect(seconds).to.be.within(1.5, 8);
    expect(colours, 'pictures').to.be.greaterThan(3);
    expect(loudness, 'sound').to.be.greaterThan(0.05);
    expect([size, recording!.name.startsWith('test 20')]).to.deep.equal(['1280x720', true]);
    expect([ada.room.snapshot.local.camera.state, ada.room.snapshot.local.microphone.state]).to.deep.equal(['off', 'off']);
  });

  it('loses nothing when the call ends, follows who comes and goes, and does not count pauses', async () => {
    ada.room.publish({ source: 'camera', stream: new MediaStream([pictureTrack()]) });
    const recorder = new RoomRecorder(ada.room);
    await recorder.start();
    await until(() => recorder.bytes > 0, 'it records');
    const [cem] = await party.enter('Cem');
    await party.allMet();
    perform(cem!, end.signal);
    await until(() => live(ada) === 2, 'Cem is there');
    recorder.pause();
    const { durationMs } = recorder;
    await cem!.room.leave();
    await until(() => ada.room.snapshot.participants.length === 1, 'Cem left');
    expect([recorder.state, recorder.durationMs]).to.deep.equal(['paused', durationMs]);
    recorder.resume();
    await ada.room.leave();
    await until(() => recorder.recordings.length === 1, 'it is offered');
    expect(recorder.recordings[0]!.blob!.size).to.equal(recorder.recordings[0]!.bytes);
    expect([recorder.state, ada.room.snapshot.local.recording]).to.deep.equal(['idle', undefined]);
    recorder.discard(recorder.recordings[0]!);
    expect(recorder.recordings).to.deep.equal([]);
  });

  it('writes into a file as it goes, and says so where that fails', async () => {
    const written: number[] = [];
    let isFull = false;
    const writable = {
      write: (part: Blob) => (isFull ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : Promise.resolve(written.push(part.size))),
      close: () => Promise.resolve(),
    };
    const file = { createWritable: () => Promise.resolve(writable) } as unknown as FileSystemFileHandle;
    const recorder = new RoomRecorder(ada.room);
    await recorder.start({ file });
    await until(() => written.length > 1, 'parts are written');
    const recording = await recorder.stop();
    expect([recording!.blob, written.reduce((sum, size) => sum + size, 0)]).to.deep.equal([undefined, recording!.bytes]);
    const failed = new Promise((resolve) => { recorder.addEventListener('error', resolve, { once: true }); });
    await recorder.start({ file });
    isFull = true;
    await failed;
    await until(() => recorder.state === 'idle', 'it ends');
    expect([recorder.error?.code, recorder.recordings.length]).to.deep.equal(['file-unwritable', 1]);
  });

  it('does not begin where nobody can be told', async () => {
    const recorder = new RoomRecorder(party.guest('Alone').room);
    expect(await recorder.start().then(() => '', String)).to.contain('not-joined');
    expect([recorder.state, recorder.recordings.length]).to.deep.equal(['idle', 0]);
  });

  it('gives what was recorded to everyone who stops it, also where the call has ended it', async () => {
    const recorder = new RoomRecorder(ada.room);
    const record = async () => {
      await recorder.start();
      await until(() => recorder.bytes > 0, 'it records');
    };
    await record();
    const both = await Promise.all([recorder.stop(), recorder.stop()]);
    expect(both.map((recording) => recording === recorder.recordings[0])).to.deep.equal([true, true]);
    await record();
    void ada.room.leave();
    expect(await recorder.stop() === recorder.recordings[1]).to.equal(true);
  });

  it('leaves nothing running where it fails to begin', async () => {
    const { MediaRecorder: Real, AudioContext: RealContext } = window;
    const contexts: AudioContext[] = [];
    window.AudioContext = class extends RealContext {
      constructor() {
        super();
        contexts.push(this);
      }
    };
    window.MediaRecorder = class extends Real {
      override start(): void { throw new DOMException('No.', 'NotSupportedError'); }
    };
    const recorder = new RoomRecorder(ada.room);
    try {
      expect(await recorder.start().then(() => '', String)).to.contain('NotSupportedError');
    } finally {
      Object.assign(window, { MediaRecorder: Real, AudioContext: RealContext });
    }
    await until(() => contexts.every(({ state }) => state === 'closed'), 'the sound is closed');
    expect([contexts.length, recorder.state, await recorder.stop(), ada.room.snapshot.local.recording])
      .to.deep.equal([1, 'idle', undefined, undefined]);
  });
});
