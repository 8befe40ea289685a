/** Streams between an engine and a client in the way of rtc.io 1.x: what holds for both kinds of client (interop.ts). */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ElementHandle } from 'puppeteer-core';
import type { Publication } from '../../src/index.ts';
import { until } from './browser.ts';
import type { TestPage } from './browser.ts';
import { talking, untilEngineHears, untilTalking } from './interop.ts';
import type { GuestStage } from './interop.ts';
import { hearAudio, playParticipant, watchVideo } from './media.ts';

declare global {
  /** In a page of the engine: its screen. */
  var shared: Publication;
}

/** Until what came last under this event is seen to move, and heard. */
export async function untilPlaying(page: TestPage, event: string, { heard = true } = {}): Promise<void> {
  await until(page, (name) => guest.came.includes(name), event);
  const video = await page.evaluateHandle((name) => {
    const element = document.body.appendChild(document.createElement('video'));
    element.srcObject = guest.streamOf(name) ?? null;
    void element.play();
    return element;
  }, event);
  await untilSeen(video);
  if (heard) assert.ok(await hearAudio(video) >= 0.01);
}

async function untilSeen(video: ElementHandle): Promise<void> {
  const picture = await watchVideo(video);
  assert.ok(picture.width > 0 && picture.changes, JSON.stringify(picture));
}

/** The tracks of the only other participant, as `source/kind`. */
function untilTracks(page: TestPage, ...wanted: string[]): Promise<void> {
  return until(page, (list) => (room.snapshot.participants[0]?.tracks ?? []).filter(({ track }) => track)
    .map(({ source, kind }) => `${source}/${kind}`).sort().join() === list, wanted.sort().join());
}

/** As a screen is published, each time as a stream of its own. (That of a test machine shows nothing that moves.) */
async function publishScreen(): Promise<void> {
  globalThis.shared = room.publish({ source: 'screen', stream: await navigator.mediaDevices.getUserMedia({ video: true }) });
}

export function exchangesStreams(stage: GuestStage): void {
  for (const [order, guestFirst] of [['before', true], ['after', false]] as const) {
    it(`sees and hears an engine when it came ${order} it`, async () => {
      const early = guestFirst ? await stage.guest() : undefined;
      const engine = await stage.engine();
      await engine.page.evaluate(async () => { await room.enable('microphone'); await room.enable('camera'); });
      const guest = early ?? await stage.guest();
      await untilPlaying(guest.page, 'camera');
      await until(guest.page, () => globalThis.guest.came.includes('microphone'));
      // Camera and microphone are one stream, so that lips and voice stay together: each name is told once.
      assert.deepEqual((await guest.page.evaluate(() => [...globalThis.guest.came])).sort(), ['camera', 'microphone']);
      assert.ok(await guest.page.evaluate(() => globalThis.guest.streamOf('camera') === globalThis.guest.streamOf('microphone')));
      assert.deepEqual([...engine.page.problems, ...guest.page.problems], []);
    });

    it(`is seen and heard by an engine when it came ${order} it`, async () => {
      const early = guestFirst ? await stage.guest() : undefined;
      await early?.page.evaluate(() => globalThis.guest.publish('camera'));
      const engine = await stage.engine();
      const guest = early ?? await stage.guest();
      await untilTalking(engine, guest);
      if (!early) await guest.page.evaluate(() => globalThis.guest.publish('camera'));
      await untilTracks(engine.page, 'camera/audio', 'camera/video');
      const tracks = await engine.page.evaluate(() => room.snapshot.participants[0]?.tracks
        .map(({ live, metadata = null }) => ({ live, metadata })));
      const known = { live: true, metadata: null };
      assert.deepEqual(tracks, [known, known]); // What its app said besides is not the library's.
      const video = await engine.page.evaluateHandle(() => {
        const element = document.body.appendChild(document.createElement('video'));
        const tracks = room.snapshot.participants.flatMap((one) => one.tracks.flatMap(({ track }) => track ?? []));
        element.srcObject = new MediaStream(tracks);
        void element.play();
        return element;
      });
      await untilSeen(video);
      assert.ok(await hearAudio(video) >= 0.01);
      // A stream is no event: who listens to one of that name hears nothing.
      await guest.page.evaluate(() => { globalThis.guest.emit('last'); });
      await untilEngineHears(engine.page, 'last');
      const events = (await engine.page.evaluate(() => heard)).map(({ event }) => event);
      assert.deepEqual(events.filter((event) => event !== 'track-added'), ['participant-joined', 'last']);
      assert.deepEqual([...engine.page.problems, ...guest.page.problems], []);
    });
  }

  it('has no frozen picture of a camera that an engine switched off, and sees it again', async () => {
    const { engine, guest } = await talking(stage);
    await engine.page.evaluate(() => room.enable('camera'));
    await untilPlaying(guest.page, 'camera', { heard: false });
    for (let i = 0; i < 3; i++) {
      await engine.page.evaluate(() => room.disable('camera'));
      await until(guest.page, () => globalThis.guest.streamOf('camera')?.getVideoTracks().every(({ muted }) => muted));
      await engine.page.evaluate(() => room.enable('camera'));
      await until(guest.page, () => globalThis.guest.streamOf('camera')?.getVideoTracks().some(({ muted }) => !muted));
    }
    await untilPlaying(guest.page, 'camera', { heard: false });
    assert.deepEqual(await guest.page.evaluate(() => globalThis.guest.came), ['camera']);
  });

  it('is told of each screen that an engine shares, and of its end', async () => {
    const { engine, guest } = await talking(stage);
    for (let times = 1; times <= 2; times++) {
      await engine.page.evaluate(publishScreen);
      await until(guest.page, (wanted) => globalThis.guest.came.length === wanted, times);
      await untilPlaying(guest.page, 'screen', { heard: false });
      await engine.page.evaluate(() => { room.unpublish(shared); });
      // Firefox ends the track, and leaves it in the stream.
      await until(guest.page, () =>
        globalThis.guest.streamOf('screen')?.getVideoTracks().every(({ readyState }) => readyState === 'ended'));
    }
    assert.deepEqual(await guest.page.evaluate(() => globalThis.guest.came), ['screen', 'screen']);
    assert.deepEqual([...engine.page.problems, ...guest.page.problems], []);
  });

  it('is seen no more by an engine when it takes its picture away, and again when it is back', async () => {
    const { engine, guest } = await talking(stage);
    await guest.page.evaluate(() => globalThis.guest.publish('camera'));
    await untilTracks(engine.page, 'camera/audio', 'camera/video');
    await guest.page.evaluate(() => globalThis.guest.showPicture(false));
    await untilTracks(engine.page, 'camera/audio');
    await guest.page.evaluate(() => globalThis.guest.showPicture(true));
    await untilTracks(engine.page, 'camera/audio', 'camera/video');
  });

  it('sends and receives at once with an engine, whoever began', async () => {
    const guest = await stage.guest();
    await guest.page.evaluate(() => globalThis.guest.publish('camera'));
    const engine = await stage.engine();
    await Promise.all([
      engine.page.evaluate(() => Promise.all([room.enable('microphone'), room.enable('camera'), room.enable('screen')])),
      untilTracks(engine.page, 'camera/audio', 'camera/video'),
    ]);
    await untilPlaying(guest.page, 'camera');
    await untilPlaying(guest.page, 'screen', { heard: false });
    const late = await stage.engine('Late');
    await untilSeen(await playParticipant(late.page, engine.id));
    await until(late.page, (id) => room.snapshot.participants.find((one) => one.id === id)?.tracks.length === 2, guest.id);
  });
}
