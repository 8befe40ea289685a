import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { joinRoom, launch, openEngine, until, untilConnected } from '../support/browser.ts';
import type { TestPage } from '../support/browser.ts';
import { hearAudio, playParticipant, watchVideo } from '../support/media.ts';
import { startRelay } from '../support/relay.ts';
import type { RelayProcess } from '../support/relay.ts';

describe('two engines over a real relay', () => {
  let browser: Browser;
  let relay: RelayProcess;
  let ada: { page: TestPage; id: string };
  let bo: { page: TestPage; id: string };
  let rooms = 0;

  before(async () => {
    [browser, relay] = await Promise.all([launch(), startRelay()]);
  });
  after(async () => {
    await browser.close();
    await relay.stop();
  });
  beforeEach(async () => {
    const name = `e2e-${++rooms}`;
    const enter = async (displayName: string) => {
      const page = await openEngine(browser, relay.origin);
      return { page, id: await joinRoom(page, { name, displayName }) };
    };
    ada = await enter('Ada');
    bo = await enter('Bo');
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

  it('show and play a camera and a microphone switched on during the call', async () => {
    await ada.page.evaluate(async () => { await Promise.all([room.enable('camera'), room.enable('microphone')]); });
    const video = await playParticipant(bo.page, ada.id);
    const picture = await watchVideo(video);
    assert.ok(picture.width > 0 && picture.changes, JSON.stringify(picture));
    assert.ok(await hearAudio(video) >= 0.01);
  });

  it('go on while the relay is killed and when it is back, nobody doubled', async () => {
    await relay.kill();
    try {
      await until(ada.page, () => room.snapshot.state === 'reconnecting');
      await talk('meanwhile');
    } finally {
      await relay.start();
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
