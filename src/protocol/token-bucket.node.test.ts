import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TokenBucket } from './token-bucket.ts';

describe('TokenBucket', () => {
  it('lets the burst through at once, then what is sustained', () => {
    const bucket = new TokenBucket(10, 3, 0);
    assert.deepEqual([0, 0, 0, 0, 99, 100, 101, 200].map((now) => bucket.take(now)), [true, true, true, false, false, true, false, true]);
  });

  it('never holds more than the burst', () => {
    const bucket = new TokenBucket(10, 2, 0);
    assert.deepEqual([1e6, 1e6, 1e6].map((now) => bucket.take(now)), [true, true, false]);
  });

  it('takes a cost whole or not at all', () => {
    const bucket = new TokenBucket(1, 10, 0);
    assert.deepEqual([bucket.take(0, 11), bucket.take(0, 10), bucket.take(0, 1)], [false, true, false]);
  });

  it('tells how long until it gives', () => {
    const bucket = new TokenBucket(4, 1, 0);
    assert.equal(bucket.waitMs(0), 0);
    bucket.take(0);
    assert.equal(bucket.waitMs(0), 250);
    assert.equal(bucket.waitMs(200), 50);
    assert.equal(bucket.waitMs(250), 0);
  });

  it('gives nothing for a clock that goes back', () => {
    const bucket = new TokenBucket(10, 1, 1000);
    assert.ok(bucket.take(1000));
    assert.equal(bucket.take(500), false);
  });

  it('gives, over any time, at most the burst and what was sustained', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 50 }), fc.array(fc.nat(300), { maxLength: 200 }), (rate, burst, steps) => {
      const bucket = new TokenBucket(rate, burst, 0);
      let nowMs = 0;
      let given = 0;
      for (const step of steps) if (bucket.take((nowMs += step))) given++;
      return given <= burst + (nowMs / 1000) * rate + 1e-6;
    }));
  });

  it('gives once it was waited for as long as it told', () => {
    fc.assert(fc.property(fc.double({ min: 1, max: 5000, noNaN: true }), fc.double({ min: 0, max: 1e9, noNaN: true }), (rate, startMs) => {
      const bucket = new TokenBucket(rate, 1, startMs);
      bucket.take(startMs);
      // A rounding error costs one more look, never a standstill.
      let nowMs = startMs;
      for (let i = 0; i < 3 && bucket.waitMs(nowMs) > 0; i++) nowMs += bucket.waitMs(nowMs);
      return bucket.take(nowMs);
    }));
  });
});
