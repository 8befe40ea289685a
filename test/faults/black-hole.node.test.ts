import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { assertUntouched, describeFaults, startCounting, timed } from '../support/fault-stage.ts';
import { untilWithin } from '../support/browser.ts';
import type { Caller } from '../support/fault-stage.ts';

const ROWS = [
  { holeMs: 9000, healedMs: 1000 },
  { holeMs: 40_000, healedMs: 3000 },
];
/** After 4 s of silence, of which nobody knows how long ago it began: the heartbeat comes every 2 s, and is looked for twice a second. */
const BADGE_MS = 4000 + 1000;

describeFaults('a black hole: nothing gets through to anyone', (stage) => {
  for (const { holeMs, healedMs } of ROWS) {
    it(`of ${holeMs / 1000} s: a badge, and healed ${healedMs / 1000} s after, everyone under the same id`, async (context) => {
      const people: [Caller, Caller] = [await stage.join('Ada'), await stage.join('Bo')];
      await startCounting(...people);
      const cutMs = performance.now();
      people[1].machine.block();
      for (const { page, name } of people) {
        await timed(context, `${name} noticed`, BADGE_MS, cutMs, page, () => room.snapshot.participants[0]?.state === 'interrupted');
      }
      await delay(Math.max(0, cutMs + holeMs - performance.now())); // The fault itself: so long it lasts.
      const before = await Promise.all(people.map(({ page }) => page.evaluate(() => presented.count)));
      stage.network.heal();
      const openMs = performance.now();
      for (const { page, name } of people) {
        await timed(context, `${name} healed`, healedMs, openMs, page, () => room.snapshot.participants[0]?.state === 'connected');
      }
      for (const [index, { page, name }] of people.entries()) {
        await timed(context, `${name} sees`, healedMs, openMs, page, (count) => presented.count > count + 3, before[index] ?? 0);
      }
      for (const { page } of people) await untilWithin(10_000, page, () => room.snapshot.state === 'joined');
      await assertUntouched(...people);
    });
  }
});
