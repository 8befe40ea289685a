import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, describe, it } from 'node:test';
import { root } from '../../scripts/lib/root.mjs';
import { until, untilConnected } from '../support/browser.ts';
import { hearAudio, playParticipant, watchVideo } from '../support/media.ts';
import { useStage } from '../support/stage.ts';
import type { Person } from '../support/stage.ts';

describe('two engines over a real relay', () => {
  const stage = useStage();
  let ada: Person;
  let bo: Person;

  beforeEach(async () => {
    [ada, bo] = [await stage.enter('Ada'), await stage.enter('Bo')];
    for (const { page } of [ada, bo]) await untilConnected(page, 1);
  });

  /** Speaks to the other side and waits until it has answered: proof of both directions. */
  async function talk(word: string): Promise<void> {
    await bo.page.evaluate((event) => { room.once(event, (_, { from }) => { room.to(from).emit(`${event}-back`); }); }, word);
    await ada.page.evaluate((event) => new Promise<void>((resolve) => {
      room.once(`${event}-back`, () => { resolve(); });
      room.emit(event);
    }), word);
  }

  it('carry events both ways and know each other by name', async () => {
    await talk('hello');
    assert.deepEqual(await ada.page.evaluate(() => room.snapshot.participants.map(({ name }) => name)), ['Bo']);
    assert.deepEqual([...ada.page.problems, ...bo.page.problems], []);
  });

  it('load nothing of what proves who somebody is', async () => {
    await talk('hello');
    const signs = ['rtcroom/sas/v1', 'rtc-elements/link/v1', 'rtc-vouch+jwt', 'vouch-audience'];
    const built = readdirSync(`${root}/dist/chunks`).map((file) => readFileSync(`${root}/dist/chunks/${file}`, 'utf8'));
    assert.deepEqual(signs.filter((sign) => !built.some((code) => code.includes(sign))), [], 'it can be told by that');
    const loaded = await ada.page.evaluate(async () => {
      const files = performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js'));
      return Promise.all(files.map(async (file) => ({ file, code: await (await fetch(file)).text() })));
    });
    assert.ok(loaded.some(({ file }) => file.endsWith('/engine.js')));
    assert.deepEqual(loaded.filter(({ code }) => signs.some((sign) => code.includes(sign))).map(({ file }) => file), []);
  });

  it('show and play a camera and a microphone switched on during the call', async () => {
    await ada.page.evaluate(async () => { await Promise.all([room.enable('camera'), room.enable('microphone')]); });
    const video = await playParticipant(bo.page, ada.id);
    const picture = await watchVideo(video);
    assert.ok(picture.width > 0 && picture.changes, JSON.stringify(picture));
    assert.ok(await hearAudio(video) >= 0.01);
  });

  it('go on while the relay is killed and when it is back, nobody doubled', async () => {
    await stage.relay.kill();
    try {
      await until(ada.page, () => room.snapshot.state === 'reconnecting');
      await talk('meanwhile');
    } finally {
      await stage.relay.start();
    }
    for (const { page } of [ada, bo]) await until(page, () => room.snapshot.state === 'joined');
    await talk('again');
    assert.deepEqual(await ada.page.evaluate(() => room.snapshot.participants.map(({ id }) => id)), [bo.id]);
    assert.deepEqual(await bo.page.evaluate(() => room.snapshot.participants.map(({ id }) => id)), [ada.id]);
  });

  it('part at once, every captured track ended', async () => {
    await ada.page.evaluate(() => room.enable('camera'));
    const ended = await ada.page.evaluate(async () => {
      const track = room.snapshot.local.tracks[0]?.track;
      await room.leave();
      return track?.readyState;
    });
    assert.equal(ended, 'ended');
    await until(bo.page, () => room.snapshot.participants.length === 0);
  });
});
