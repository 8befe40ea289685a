import assert from 'node:assert/strict';
import { it } from 'node:test';
import { untilConnected } from '../support/browser.ts';
import { assertMet, describeCalls, untilTiles } from '../support/call.ts';

describeCalls('four pages', [], (stage) => {
  it('join at once, and everyone sees and hears everyone over exactly six connections', async () => {
    const people = await Promise.all(['Ada', 'Bo', 'Cy', 'Di'].map((name) => stage.join(name)));
    for (const { page } of people) {
      await untilConnected(page, 3);
      await untilTiles(page, 4);
    }
    for (const { page, id } of people) {
      await Promise.all(people.filter((other) => other.id !== id).map((other) => assertMet(page, other.id)));
    }
    const made = await Promise.all(people.map(({ page }) => page.evaluate(() => [
      probe.pcs.length, probe.pcs.filter(({ connectionState }) => connectionState === 'connected').length,
    ])));
    assert.deepEqual(made, people.map(() => [3, 3]));
    assert.deepEqual(people.flatMap(({ page }) => page.problems), []);
  });
});
