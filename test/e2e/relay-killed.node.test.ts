import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until, untilConnected } from '../support/browser.ts';
import { assertMet, click, describeCalls, linesOf, say, tileOf, untilTiles } from '../support/call.ts';
import type { Person } from '../support/call.ts';
import { followFrames, untilFrames } from '../support/media.ts';

/** A frame every 50 ms is normal; a rebuilt connection or element costs seconds. */
const GAP_MS = 1500;

describeCalls('a relay that is killed under a call and started again', [], (stage) => {
  it('stops no picture, doubles nobody and lets newcomers in', async () => {
    const [ada, bo] = await Promise.all([stage.join('Ada'), stage.join('Bo')]);
    const pair: [Person, Person][] = [[ada, bo], [bo, ada]];
    await Promise.all(pair.map(([{ page }, other]) => assertMet(page, other.id)));
    const tiles = await Promise.all(pair.map(([{ page }, other]) => tileOf(page, other.id)));
    for (const tile of tiles) await followFrames(tile);

    await stage.relay.kill();
    try {
      for (const { page } of [ada, bo]) await until(page, () => room.snapshot.state === 'reconnecting');
      await until(ada.page, () => document.querySelector('rtc-room')?.matches(':state(reconnecting)'));
      for (const { page } of [ada, bo]) await untilFrames(page, 40);
      await click(ada.page, 'chat-toggle');
      await say(ada.page, 'without a relay');
      await until(bo.page, () => room.snapshot.messages.length === 1);
    } finally {
      await stage.relay.start();
    }
    for (const { page } of [ada, bo]) await until(page, () => room.snapshot.state === 'joined');
    for (const { page } of [ada, bo]) await untilFrames(page, 20);

    for (const [index, [{ page, id }, other]] of pair.entries()) {
      const { gapMs, ids, own, pcs } = await page.evaluate(() => ({
        gapMs: presented.longestGapMs, ids: room.snapshot.participants.map((one) => one.id), own: room.snapshot.local.id,
        pcs: probe.pcs.length,
      }));
      assert.ok(gapMs < GAP_MS, `${gapMs} ms without a frame`);
      assert.deepEqual({ ids, own, pcs }, { ids: [other.id], own: id, pcs: 1 });
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
});
