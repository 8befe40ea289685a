import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { KeyedBuckets } from './bucket.ts';

describe('KeyedBuckets', () => {
  it('keeps keys apart', () => {
    const buckets = new KeyedBuckets({ burst: 1, perSecond: 0 });
    assert.deepEqual(['a', 'b', 'a'].map((key) => buckets.take(key, 0)), [true, true, false]);
  });

  it('forgets the least recently used first, and stays bounded', () => {
    const buckets = new KeyedBuckets({ burst: 1, perSecond: 0 }, 2);
    assert.deepEqual(['a', 'b', 'a', 'c', 'a', 'b'].map((key) => buckets.take(key, 0)), [true, true, false, true, false, true]);
    assert.equal(buckets.size, 2);
  });

  it('gives each key it remembers, in any window, at most the burst and what came back; and remembers no more than it may', () => {
    const step = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), waitMs: fc.integer({ min: -500, max: 500 }) });
    const whole = (max: number) => fc.integer({ min: 0, max });
    fc.assert(fc.property(whole(20), whole(10), fc.array(step, { maxLength: 150 }), (perSecond, burst, steps) => {
      const buckets = new KeyedBuckets({ burst, perSecond }, 4);
      const given = new Map<string, number[]>();
      // What went back is no time that passed: the latest time that a key has seen is what counts.
      const latest = new Map<string, number>();
      let nowMs = 0;
      for (const { key, waitMs } of steps) {
        nowMs += waitMs;
        const latestMs = Math.max(latest.get(key) ?? -Infinity, nowMs);
        latest.set(key, latestMs);
        if (buckets.take(key, nowMs)) given.set(key, [...given.get(key) ?? [], latestMs]);
        assert.ok(buckets.size <= 4);
      }
      for (const times of given.values()) {
        for (const [i, fromMs] of times.entries()) {
          for (const [j, toMs] of times.entries()) {
            if (j >= i) assert.ok(j - i + 1 <= burst + ((toMs - fromMs) / 1000) * perSecond + 1e-6);
          }
        }
      }
    }));
  });

  it('stays bounded under keys that nobody has twice', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.string(), { maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (keys, maxKeys) => {
      const buckets = new KeyedBuckets({ burst: 1, perSecond: 1 }, maxKeys);
      for (const key of keys) assert.equal(buckets.take(key, 0), true);
      assert.equal(buckets.size, Math.min(keys.length, maxKeys));
    }));
  });
});
