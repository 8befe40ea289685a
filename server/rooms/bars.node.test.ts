import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Bars } from './bars.ts';

describe('Bars', () => {
  it('hold for their time, the longer one where there are two', () => {
    const bars = new Bars();
    bars.add('a', 100, 1000);
    bars.add('a', 10, 1000);
    assert.deepEqual([1000, 1099, 1100].map((nowMs) => bars.has('a', nowMs)), [true, true, false]);
    assert.equal(bars.has('b', 1000), false);
  });

  it('are bounded: the oldest is forgotten first', () => {
    const bars = new Bars(2);
    for (const key of ['a', 'b', 'a', 'c']) bars.add(key, 100, 0);
    assert.deepEqual(['a', 'b', 'c'].map((key) => bars.has(key, 0)), [true, false, true]);
  });
});
