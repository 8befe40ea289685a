import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { until, untilConnected, untilWithin } from '../support/browser.ts';
import { enter, openRoom } from '../support/call.ts';
import { useStage } from '../support/stage.ts';
import type { TestPage } from '../support/browser.ts';

declare global {
  /** In a page that {@link listens}: everything it heard, and who left. */
  var heardHere: unknown[];
  var left: string[];
}

/** Adds what `heardHere` and `left` hold. */
const listens = (page: TestPage) => page.evaluate(() => {
  globalThis.heardHere = [];
  globalThis.left = [];
  room.on('n', (n) => { heardHere.push(n); });
  room.lifecycle.on('participant-left', ({ participant: { state, reason = '' } }) => { left.push(`${state} ${reason}`); });
});

describe('a tab', () => {
  const stage = useStage([], { ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  let pages: [TestPage, TestPage];
  let ids: string[];

  beforeEach(async () => {
    const open = async () => stage.own(await openRoom(stage.browser, `${stage.relay.origin}/?room=${stage.room}`));
    pages = [await open(), await open()];
    ids = [];
    for (const page of pages) ids.push(await enter(page, 'x', 'join-without'));
    for (const page of pages) await untilConnected(page, 1);
    for (const page of pages) await listens(page);
  });

  it('frozen: a badge in 6 s, back 3 s after it wakes, nothing lost and nobody gone', async () => {
    const [ada, bo] = pages;
    const session = await bo.createCDPSession();
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await untilWithin(6000, ada, () => room.snapshot.participants[0]?.state === 'interrupted');
    await ada.evaluate(() => { for (let n = 0; n < 100; n++) room.emit('n', n); });
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await untilWithin(3000, ada, () => room.snapshot.participants[0]?.state === 'connected');
    await untilWithin(3000, bo, () => heardHere.length === 100);
    assert.deepEqual(await bo.evaluate(() => heardHere), Array.from({ length: 100 }, (_, n) => n));
    for (const [i, page] of pages.entries()) {
      const [others, gone] = await page.evaluate(() => [room.snapshot.participants.map(({ id }) => id), left]);
      assert.deepEqual([others, gone], [[ids[1 - i]], []]);
    }
  });

  it('left and come back to: gone at once, and in the room again without a click', async () => {
    const [ada, bo] = pages;
    await bo.goto(`${stage.relay.origin}/layout`);
    await untilWithin(500, ada, () => left.length === 1 && room.snapshot.participants.length === 0);
    assert.deepEqual(await ada.evaluate(() => left), ['gone left']);
    await bo.goBack();
    // The same page, as it was: had it been loaded anew, it would have no room.
    await until(bo, () => room.snapshot.state === 'joined');
    for (const page of pages) await untilConnected(page, 1);
    await bo.evaluate(() => { room.emit('n', 'back'); });
    await until(ada, () => heardHere.includes('back'));
  });
});
