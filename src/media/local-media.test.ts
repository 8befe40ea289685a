import { expect } from '@open-wc/testing';
import { movingPicture, tone } from '../../test/support/pictures.ts';
import { until } from '../../test/support/until.ts';
import { RoomError } from '../shared/errors.ts';
import { LocalMedia } from './local-media.ts';
import { PublicationList } from './publication.ts';
import type { CaptureView } from './local-media.ts';

const { mediaDevices } = navigator;
const native = mediaDevices.getUserMedia.bind(mediaDevices);

describe('LocalMedia', () => {
  let publications: PublicationList;
  let media: LocalMedia;
  let shown: string[];
  let last: CaptureView | undefined;
  let scope: AbortController;
  /** Every track that the browser gave out. */
  let captured: MediaStreamTrack[];

  /** Asks the browser, whose answer a test may hold back or change. */
  function answer(by: (ask: () => Promise<MediaStream>) => Promise<MediaStream> = (ask) => ask()): void {
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await by(() => native(constraints));
      captured.push(...stream.getTracks());
      return stream;
    };
  }

  beforeEach(() => {
    publications = new PublicationList();
    shown = [];
    captured = [];
    scope = new AbortController();
    media = new LocalMedia(publications, (source, view) => {
      shown.push(`${source} ${view.state}${view.error ? ` ${view.error.code}` : ''}`);
      last = view;
    });
    answer();
  });

  afterEach(() => {
    media.stopAll();
    mediaDevices.getUserMedia = native;
  });

  const on = (source: 'camera' | 'microphone' = 'camera') => media.enable(source, {}, scope.signal);
  const live = () => captured.filter(({ readyState }) => readyState === 'live').length;
  const nameOf = (promise: Promise<unknown>) =>
    promise.then(() => 'done', (error: unknown) => (error instanceof RoomError ? error.code : (error as Error).name));
  const named = (name: string) => () => Promise.reject(new DOMException('', name));

  it('is pending, then on, never on before it is', async () => {
    await on();
    expect(shown).to.deep.equal(['camera pending', 'camera on']);
    expect(publications.get('camera')?.tracks.get('video')?.readyState).to.equal('live');
    expect(last?.deviceId).to.be.a('string');
  });

  it('takes the device that was chosen again, another one while that is gone, and the chosen one once it is back', async () => {
    await on('microphone');
    const devices = (await mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'audioinput').map(({ deviceId }) => deviceId);
    const first = last!.deviceId!;
    const chosen = devices.find((id) => id !== first)!;
    await media.enable('microphone', { deviceId: chosen }, scope.signal);
    const again = async () => { media.disable('microphone'); await on('microphone'); return last?.deviceId; };
    expect(await again()).to.equal(chosen);
    const isOf = (constraints: MediaStreamConstraints | undefined) => JSON.stringify(constraints).includes(chosen);
    mediaDevices.getUserMedia = (constraints) => isOf(constraints) ? named('OverconstrainedError')() : native(constraints);
    expect(await again(), 'one that is gone keeps nobody silent').to.equal(first);
    answer();
    expect(await again()).to.equal(chosen);
  });

  it('sends it as it was told to, until told otherwise', async () => {
    const bitrate = () => publications.get('camera')?.encodings.video.maxBitrate;
    await media.enable('camera', { encodings: { video: { maxBitrate: 1000 } } }, scope.signal);
    expect(bitrate()).to.equal(1000);
    await on();
    expect(bitrate()).to.equal(1000);
    await media.enable('camera', { encodings: { video: { maxBitrate: 2000 } } }, scope.signal);
    expect(bitrate()).to.equal(2000);
    const before = captured.length;
    expect(await nameOf(media.enable('camera', { encodings: { video: { maxBitrate: -1 } } }, scope.signal))).to.equal('TypeError');
    expect([captured.length, shown.at(-1)]).to.deep.equal([before, 'camera on']);
  });

  it('closes the device when switched off, and keeps what was published for the next time', async () => {
    await on();
    media.disable('camera');
    expect([live(), publications.get('camera')?.tracks.get('video')]).to.deep.equal([0, null]);
    await on();
    expect(publications.all.length).to.equal(1);
    expect(live()).to.equal(1);
  });

  it('keeps a muted microphone open where that was asked for, and asks nobody to unmute', async () => {
    await on('microphone');
    media.disable('microphone', { keepOpen: true });
    expect([live(), captured[0]?.enabled]).to.deep.equal([1, false]);
    await on('microphone');
    expect([captured.length, captured[0]?.enabled, shown.at(-1)]).to.deep.equal([1, true, 'microphone on']);
  });

  it('gives camera and microphone one stream, for lips and voice', async () => {
    await on('camera');
    await on('microphone');
    expect(publications.get('camera')?.stream).to.equal(publications.get('microphone')?.stream);
  });

  it('stops everything it opened, and nothing that the page published', async () => {
    const own = document.createElement('canvas');
    own.getContext('2d');
    const stream = own.captureStream(0);
    publications.add({ source: 'slides', stream });
    await on('camera');
    await on('microphone');
    media.stopAll();
    expect([live(), publications.all.map(({ source }) => source)]).to.deep.equal([0, ['slides']]);
    expect(stream.getTracks()[0]?.readyState).to.equal('live');
  });

  for (const [what, end] of [['was switched off', () => { media.disable('camera'); }], ['was left', () => { scope.abort(); media.stopAll(); }]] as const) {
    it(`stops what the browser gives after it ${what}`, async () => {
      let give = () => {};
      answer(async (ask) => {
        await new Promise<void>((resolve) => { give = resolve; });
        return ask();
      });
      const enabling = nameOf(on());
      end();
      give();
      expect(await enabling).to.equal('AbortError');
      expect([captured.length, live(), last?.state]).to.deep.equal([1, 0, 'off']);
      expect(publications.all).to.deep.equal([]);
    });

    it(`stops what the browser gives in the very moment in which it ${what}`, async () => {
      for (let ticks = 0; ticks < 8; ticks++) {
        scope = new AbortController();
        let ended: Promise<void> | undefined;
        answer(async (ask) => {
          const stream = await ask();
          // Between the browser's answer and its use lie microtasks; each is a moment to leave in.
          ended = (async () => {
            for (let i = 0; i < ticks; i++) await Promise.resolve();
            end();
          })();
          return stream;
        });
        await nameOf(on());
        await ended;
        expect([ticks, live(), last?.state]).to.deep.equal([ticks, 0, 'off']);
        media.stopAll();
      }
    });
  }

  it('ends with the last word of many', async () => {
    const attempts = [nameOf(on()), nameOf(on())];
    media.disable('camera');
    attempts.push(nameOf(on()));
    expect(await Promise.all(attempts)).to.deep.equal(['AbortError', 'AbortError', 'done']);
    expect([live(), shown.at(-1)]).to.deep.equal([1, 'camera on']);
  });

  const refusals = [
    ['NotAllowedError', 'permission-denied'], ['NotFoundError', 'device-missing'], ['OverconstrainedError', 'device-missing'],
    ['NotReadableError', 'device-busy'], ['AbortError', 'device-busy'], ['TypeError', 'device-failed'],
  ] as const;
  for (const [name, code] of refusals) {
    it(`tells a ${name} as ${code}, and may be tried again`, async () => {
      answer(named(name));
      expect(await nameOf(on())).to.equal(code);
      expect(shown).to.deep.equal(['camera pending', `camera off ${code}`]);
      answer();
      await on();
      expect(shown.at(-1)).to.equal('camera on');
    });
  }

  it('goes on with what worked when another device is refused', async () => {
    await on();
    answer(named('OverconstrainedError'));
    expect(await nameOf(media.enable('camera', { deviceId: 'none' }, scope.signal))).to.equal('device-missing');
    expect([shown.at(-1), live()]).to.deep.equal(['camera on device-missing', 1]);
  });

  it('closes the first camera where the machine can open only one', async () => {
    await on();
    const [first] = captured;
    answer((ask) => (first?.readyState === 'live' ? named('NotReadableError')() : ask()));
    await media.enable('camera', {}, scope.signal);
    expect([shown.at(-1), live(), first?.readyState]).to.deep.equal(['camera on', 1, 'ended']);
  });

  it('is off, with a reason, when the device goes away', async () => {
    await on();
    captured[0]?.stop();
    captured[0]?.dispatchEvent(new Event('ended'));
    await until(() => shown.at(-1) === 'camera off device-missing', 'it was noticed');
    expect(publications.get('camera')?.tracks.get('video')).to.equal(null);
  });

  it('ends with the picture of a screen, and without its sound goes on', async () => {
    const ask = mediaDevices.getDisplayMedia.bind(mediaDevices);
    let streams = [
      new MediaStream([...tone(scope.signal).getTracks(), ...movingPicture(64, 64, scope.signal).getTracks()]), movingPicture(64, 64, scope.signal),
    ];
    mediaDevices.getDisplayMedia = () => Promise.resolve(streams.shift() as MediaStream);
    const ended = (track: MediaStreamTrack | undefined) => {
      track?.stop();
      track?.dispatchEvent(new Event('ended')); // As the browser's "stop sharing" does.
    };
    const kinds = () => [...publications.get('screen')?.tracks ?? []].flatMap(([kind, track]) => (track ? [kind] : [])).sort().join();
    try {
      await media.enable('screen', {}, scope.signal);
      expect(kinds()).to.equal('audio,video');
      await media.enable('screen', {}, scope.signal);
      expect(kinds()).to.equal('video');
      streams = [new MediaStream([...tone(scope.signal).getTracks(), ...movingPicture(64, 64, scope.signal).getTracks()])];
      const [sound, picture] = streams[0]?.getTracks() ?? [];
      await media.enable('screen', {}, scope.signal);
      ended(sound);
      expect([kinds(), shown.at(-1)]).to.deep.equal(['video', 'screen on']);
      ended(picture);
      expect([publications.get('screen'), shown.at(-1)]).to.deep.equal([undefined, 'screen off']);
    } finally {
      mediaDevices.getDisplayMedia = ask;
      scope.abort();
    }
  });

  it('says so where the browser hides devices', async () => {
    Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true });
    try {
      expect(await nameOf(on())).to.equal('insecure-context');
    } finally {
      delete (navigator as { mediaDevices?: unknown }).mediaDevices;
    }
  });
});
