import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TokenBucket } from './token-bucket.ts';

describe('TokenBucket', () => {
  it('lets the burst through at once, then what is sustained', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 3 }, 0);
    const taken = [0, 0, 0, 0, 99, 100, 101, 200].map((nowMs) => bucket.take(1, nowMs));
    assert.deepEqual(taken, [true, true, true, false, false, true, false, true]);
  });

  it('never holds more than the burst', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 2 }, 0);
    assert.deepEqual([1e6, 1e6, 1e6].map((nowMs) => bucket.take(1, nowMs)), [true, true, false]);
  });

  it('takes a cost whole or not at all', () => {
    const bucket = new TokenBucket({ perSecond: 1, burst: 10 }, 0);
    assert.deepEqual([11, 10, 1].map((cost) => bucket.take(cost, 0)), [false, true, false]);
  });

  it('charges what has come already, into debt', () => {
    const bucket = new TokenBucket({ perSecond: 1000, burst: 10 }, 0);
    assert.deepEqual([bucket.charge(30, 0), bucket.charge(0, 15), bucket.take(1, 20), bucket.take(1, 21)], [-20, -5, false, true]);
  });

  it('tells how long until it gives', () => {
    const bucket = new TokenBucket({ perSecond: 4, burst: 1 }, 0);
    assert.equal(bucket.waitMs(0), 0);
    bucket.take(1, 0);
    assert.deepEqual([0, 200, 250].map((nowMs) => bucket.waitMs(nowMs)), [250, 50, 0]);
  });

  it('never gives where nothing comes back, and says so; its last token it gives at once', () => {
    const bucket = new TokenBucket({ perSecond: 0, burst: 1 }, 0);
    assert.deepEqual([bucket.waitMs(0), bucket.take(1, 0), bucket.waitMs(0)], [0, true, Infinity]);
  });

  it('gives nothing twice for a time that passes twice', () => {
    const bucket = new TokenBucket({ perSecond: 1, burst: 1 }, 1000);
    assert.deepEqual([1000, 500, 1499, 500, 1999, 2000].map((nowMs) => bucket.take(1, nowMs)), [true, false, false, false, false, true]);
  });

  it('gives nothing for a clock that goes back', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 1 }, 1000);
    assert.deepEqual([bucket.take(1, 1000), bucket.take(1, 500)], [true, false]);
  });

  it('gives, over any time, at most the burst and what was sustained', () => {
    const steps = fc.array(fc.nat(300), { maxLength: 200 });
    fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 50 }), steps, (perSecond, burst, waits) => {
      const bucket = new TokenBucket({ perSecond, burst }, 0);
      let nowMs = 0;
      let given = 0;
      for (const wait of waits) if (bucket.take(1, (nowMs += wait))) given++;
      return given <= burst + (nowMs / 1000) * perSecond + 1e-6;
    }));
  });

  it('gives once it was waited for as long as it told', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(fc.property(number(1, 5000), number(0, 1e9), (perSecond, startMs) => {
      const bucket = new TokenBucket({ perSecond, burst: 1 }, startMs);
      bucket.take(1, startMs);
      // A rounding error costs one more look, never a standstill.
      let nowMs = startMs;
      for (let i = 0; i < 3 && bucket.waitMs(nowMs) > 0; i++) nowMs += bucket.waitMs(nowMs);
      return bucket.take(1, nowMs);
    }));
  });
});
