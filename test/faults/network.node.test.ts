import assert from 'node:assert/strict';
import { it } from 'node:test';
import { untilWithin } from '../support/browser.ts';
import { assertUntouched, describeFaults, startCounting, timed } from '../support/fault-stage.ts';
import type { Caller } from '../support/fault-stage.ts';

describeFaults('a machine that comes into another network', (stage) => {
  it('is noticed in 7 s and back 5 s after, in the same tile', async (context) => {
    const people: [Caller, Caller] = [await stage.join('Ada'), await stage.join('Bo')];
    await startCounting(...people);
    const movedMs = performance.now();
    people[1].machine.move();
    for (const { page, name } of people) {
      await timed(context, `${name} noticed`, 7000, movedMs, page, () => room.snapshot.participants[0]?.state === 'interrupted');
    }
    const noticedMs = performance.now();
    for (const { page, name } of people) {
      const frames = await page.evaluate(() => presented.count);
      await timed(context, `${name} healed`, 5000, noticedMs, page, (count) =>
        room.snapshot.participants[0]?.state === 'connected' && presented.count > count + 3, frames);
    }
    for (const { page } of people) await untilWithin(10_000, page, () => room.snapshot.state === 'joined');
    await assertUntouched(...people);
    assert.deepEqual(await people[1].page.evaluate(() => probe.errors), []);
  });
});
