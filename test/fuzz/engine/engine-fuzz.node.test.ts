import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fuzzEngine } from './engine-fuzz.ts';
import { fuzzParsers } from './parsers.ts';

/** Another seed: `npm run fuzz`, which fires more as well. */
const SEED = 20;

describe(`an engine under fire (seed ${SEED})`, () => {
  it('reads 15,000 hostile envelopes without an exception, each parser a part of them', () => {
    const { failures, reached } = fuzzParsers(SEED, 15_000);
    assert.deepEqual(failures, []);
    for (const [parser, { taken, refused }] of reached) assert.ok(taken + refused > 30, `${parser} read ${taken + refused}`);
    assert.ok(reached.size >= 20, [...reached.keys()].join());
  });

  it('outlives 5,000 over real connections and from a relay gone bad; the honest notice nothing, and who attacks is disconnected', async () => {
    const { failures, rounds } = await fuzzEngine({ seed: SEED, control: 2000, channel: 1000, relayed: 1000, strict: 1000 });
    assert.deepEqual(failures, []);
    assert.deepEqual([...rounds.keys()], ['control channel', 'channel "doc"', 'channel "bulk"', 'default limits', 'a relay gone bad']);
    const { heard } = rounds.get('control channel') as { heard: Record<string, number> };
    for (const event of ['draw', 'sum']) assert.ok((heard[event] ?? 0) > 5, `${event} was heard ${heard[event] ?? 0} times`);
  });
});
