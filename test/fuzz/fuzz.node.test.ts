import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fuzz } from './fuzz.ts';
import { EVENTS } from './vocabulary.ts';

/** Another seed: `npm run fuzz`, which fires more as well. */
const SEED = 20;

it(`a relay process outlives 5,000 hostile payloads, and an honest pair on it notices nothing (seed ${SEED})`, async () => {
  const { failures, kinds, reached } = await fuzz({ seed: SEED, payloads: 5_000 });
  assert.deepEqual(failures, []);
  assert.equal([...kinds.values()].reduce((sum, count) => sum + count, 0), 5_000);
  for (const name of EVENTS) assert.ok((reached.get(name) ?? 0) > 200, `${name} was handled ${reached.get(name) ?? 0} times`);
});
