import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until, untilConnected } from '../support/browser.ts';
import { assertMet, click, describeCalls, linesOf, say, tileOf, untilTiles } from '../support/call.ts';
import type { Person } from '../support/stage.ts';
import { followFrames, untilFrames } from '../support/media.ts';

/** A frame every 50 ms is normal; a rebuilt connection or element costs seconds. */
const GAP_MS = 2000;

describeCalls('a relay that is killed under a call and started again', [], (stage) => {
  it('stops no picture, doubles nobody, brings nobody back who left meanwhile, and lets newcomers in', async () => {
    const [ada, bo, di] = await Promise.all([stage.join('Ada'), stage.join('Bo'), stage.join('Di', 'join-without')]);
    const pair: [Person, Person][] = [[ada, bo], [bo, ada]];
    await Promise.all(pair.map(([{ page }, other]) => assertMet(page, other.id)));
    for (const { page } of [ada, bo, di]) await untilConnected(page, 2);
    const tiles = await Promise.all(pair.map(([{ page }, other]) => tileOf(page, other.id)));
    for (const tile of tiles) await followFrames(tile);

    await stage.relay.kill();
    try {
      for (const { page } of [ada, bo]) await until(page, () => room.snapshot.state === 'reconnecting');
      await until(ada.page, () => document.querySelector('rtc-room')?.matches(':state(reconnecting)'));
      await click(di.page, 'leave');
      for (const { page } of [ada, bo]) await untilTiles(page, 2);
      for (const { page } of [ada, bo]) await untilFrames(page, 20);
      await click(ada.page, 'chat-toggle');
      await say(ada.page, 'without a relay');
      await until(bo.page, () => room.snapshot.messages.length === 1);
    } finally {
      await stage.relay.start();
    }
    for (const { page } of [ada, bo]) await until(page, () => room.snapshot.state === 'joined');
    for (const { page } of [ada, bo]) await untilFrames(page, 10);

    for (const [index, [{ page, id }, other]] of pair.entries()) {
      const { gapMs, ids, own, pcs } = await page.evaluate(() => ({
        gapMs: presented.longestGapMs, ids: room.snapshot.participants.map((one) => one.id), own: room.snapshot.local.id,
        pcs: probe.pcs.length,
      }));
      assert.ok(gapMs < GAP_MS, `${gapMs} ms without a frame`);
      assert.deepEqual({ ids, own, pcs }, { ids: [other.id], own: id, pcs: 2 });
      assert.equal(await tiles[index]?.evaluate(({ isConnected }) => isConnected), true);
      await untilTiles(page, 2);
    }

    const cy = await stage.join('Cy');
    for (const { page, id } of [ada, bo]) await Promise.all([assertMet(page, cy.id), assertMet(cy.page, id)]);
    await say(ada.page, 'with one more');
    for (const { page } of [bo, cy]) await until(page, () => room.snapshot.messages.at(-1)?.text === 'with one more');
    assert.deepEqual(await linesOf(bo.page), ['without a relay', 'with one more']);
    for (const { page } of [ada, bo, cy]) {
      await untilConnected(page, 2);
      await untilTiles(page, 3);
    }
  });

  it('as a new version that is deployed, keeps everyone under the same id', async () => {
    const [ada, bo] = await Promise.all([stage.join('Ada', 'join-without'), stage.join('Bo', 'join-without')]);
    for (const { page } of [ada, bo]) await untilConnected(page, 1);
    await stage.relay.stop();
    for (const { page } of [ada, bo]) await until(page, () => room.snapshot.state === 'reconnecting');
    await stage.relay.start();
    for (const { page } of [ada, bo]) await until(page, () => room.snapshot.state === 'joined');
    await ada.page.evaluate(() => { room.sendMessage('after'); });
    await until(bo.page, () => room.snapshot.messages.length === 1);
    for (const [{ page }, other] of [[ada, bo], [bo, ada]] as const) {
      assert.deepEqual(await page.evaluate(() => [room.snapshot.participants.map(({ id }) => id), probe.pcs.length]), [[other.id], 1]);
    }
  });

  it('that lost its key lets everyone meet anew by themselves, once, with their devices on', async () => {
    const [ada, bo] = await Promise.all([stage.join('Ada'), stage.join('Bo')]);
    await Promise.all([assertMet(ada.page, bo.id), assertMet(bo.page, ada.id)]);
    await stage.relay.kill();
    await stage.relay.start('another secret than before');
    for (const [{ page }, old] of [[ada, bo], [bo, ada]] as const) {
      await until(page, (id) => room.snapshot.participants.length === 1
        && room.snapshot.participants.every((one) => one.id !== id && one.state === 'connected'), old.id);
    }
    const [adaId, boId] = await Promise.all([ada, bo].map(({ page }) => page.evaluate(() => room.snapshot.local.id)));
    await Promise.all([assertMet(ada.page, boId ?? ''), assertMet(bo.page, adaId ?? '')]);
    for (const { page } of [ada, bo]) {
      await untilTiles(page, 2);
      assert.equal(await page.evaluate(() => probe.captures), 2); // Nobody was asked again.
    }
  });
});
