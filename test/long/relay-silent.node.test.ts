import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { until, untilWithin } from '../support/browser.ts';
import { assertMet, describeCalls, tileOf, untilTiles } from '../support/call.ts';
import type { Person } from '../support/stage.ts';
import { followFrames, untilFrames } from '../support/media.ts';

declare global {
  /** Numbers of the other side, in the order they came. */
  var numbers: number[];
  /** How many numbers were sent. */
  var sent: number;
}

/** The relay pings every 10 s and gives 5 s for the answer. */
const NOTICED_MS = 16_000;
const SILENT_MS = 22_000;
const HEALED_MS = 6000;
/** A frame every 50 ms is normal; a rebuilt connection or element costs seconds. */
const GAP_MS = 2000;

describeCalls('a relay that falls silent, its sockets open', [], (stage) => {
  it('is noticed, stops no picture, and is taken up again; nothing that participants say is lost or doubled', async (context) => {
    const [ada, bo] = await Promise.all([stage.join('Ada'), stage.join('Bo')]);
    const pair: [Person, Person][] = [[ada, bo], [bo, ada]];
    await Promise.all(pair.map(([{ page }, other]) => assertMet(page, other.id)));
    for (const [{ page }, other] of pair) {
      await followFrames(await tileOf(page, other.id));
      await page.evaluate(() => {
        globalThis.numbers = [];
        globalThis.sent = 0;
        room.on('number', (number) => { numbers.push(Number(number)); });
      });
    }
    for (const { page } of [ada, bo]) await page.evaluate(() => { setInterval(() => { room.emit('number', sent++); }, 100); });

    const stillMs = performance.now();
    stage.relay.freeze();
    let noticedMs: number;
    try {
      for (const { page } of [ada, bo]) await untilWithin(NOTICED_MS, page, () => room.snapshot.state === 'reconnecting');
      noticedMs = performance.now() - stillMs;
      await delay(Math.max(0, SILENT_MS - noticedMs)); // The fault itself: so long it lasts.
      for (const { page } of [ada, bo]) await untilFrames(page, 20);
    } finally {
      stage.relay.thaw();
    }
    const thawedMs = performance.now();
    for (const { page } of [ada, bo]) await untilWithin(HEALED_MS, page, () => room.snapshot.state === 'joined');
    context.diagnostic(`noticed after ${Math.round(noticedMs)} ms, healed after ${Math.round(performance.now() - thawedMs)} ms`);

    const cy = await stage.join('Cy');
    for (const { page, id } of [ada, bo]) await Promise.all([assertMet(page, cy.id), assertMet(cy.page, id)]);
    for (const [{ page, id }, other] of pair) {
      const sentByOther = await other.page.evaluate(() => sent);
      await until(page, (count) => numbers.length >= count, sentByOther);
      const { heard, ids, own, gapMs } = await page.evaluate(() => ({
        heard: numbers, gapMs: presented.longestGapMs,
        ids: room.snapshot.participants.map((one) => one.id), own: room.snapshot.local.id,
      }));
      assert.deepEqual(heard, heard.map((_, index) => index));
      assert.deepEqual({ ids, own }, { ids: [other.id, cy.id], own: id });
      assert.ok(gapMs < GAP_MS, `${gapMs} ms without a frame`);
      await untilTiles(page, 3);
    }
  });
});
