import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assertUntouched, describeFaults, startCounting, timed } from '../support/fault-stage.ts';
import type { Caller } from '../support/fault-stage.ts';

declare global {
  /** How often somebody was not connected, in a page of this test. */
  var badges: number;
}

describeFaults('a machine that comes into another network', (stage) => {
  it('is back in 5 s, in the same tile, and nobody is called interrupted for it', async (context) => {
    const people: [Caller, Caller] = [await stage.join('Ada'), await stage.join('Bo')];
    await startCounting(...people);
    for (const { page } of people) {
      await page.evaluate(() => {
        globalThis.badges = 0;
        room.subscribe(({ participants }) => { if (participants[0]?.state !== 'connected') badges++; });
      });
    }
    people[1].machine.move();
    const movedMs = performance.now();
    const before = await Promise.all(people.map(({ page }) => page.evaluate(() => ({ frames: presented.count, heard: numbers.length }))));
    for (const [i, { page, name }] of people.entries()) {
      await timed(context, `${name} sees and hears`, 5000, movedMs, page, (had) => presented.count > (had?.frames ?? 0) + 5
        && numbers.length > (had?.heard ?? 0) + 5 && room.snapshot.state === 'joined', before[i]);
    }
    await assertUntouched(...people);
    for (const { page } of people) assert.deepEqual(await page.evaluate(() => [badges, probe.errors]), [0, []]);
  });
});
