import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KeyedBuckets } from './bucket.ts';
import { TokenBucket } from '../src/protocol/token-bucket.ts';

describe('TokenBucket', () => {
  it('gives its burst at once and then what has come back', () => {
    const bucket = new TokenBucket({ burst: 3, perSecond: 2 }, 0);
    assert.deepEqual([0, 0, 0, 0].map((now) => bucket.take(1, now)), [true, true, true, false]);
    assert.deepEqual([499, 500, 500].map((now) => bucket.take(1, now)), [false, true, false]);
  });

  it('never holds more than its burst', () => {
    const bucket = new TokenBucket({ burst: 2, perSecond: 100 }, 0);
    assert.deepEqual([60_000, 60_000, 60_000].map((now) => bucket.take(1, now)), [true, true, false]);
  });

  it('goes into debt by a charge, and comes out of it with time', () => {
    const bucket = new TokenBucket({ burst: 10, perSecond: 10 }, 0);
    assert.equal(bucket.charge(25, 0), -15);
    assert.equal(bucket.take(1, 1_000), false);
    assert.equal(bucket.take(5, 2_000), true);
  });

  it('does not run backwards with the clock', () => {
    const bucket = new TokenBucket({ burst: 1, perSecond: 1 }, 1_000);
    assert.equal(bucket.take(1, 500), true);
    assert.equal(bucket.take(1, 500), false);
  });
});

describe('KeyedBuckets', () => {
  it('keeps keys apart', () => {
    const buckets = new KeyedBuckets({ burst: 1, perSecond: 0 });
    assert.deepEqual(['a', 'b', 'a'].map((key) => buckets.take(key, 0)), [true, true, false]);
  });

  it('tells what it would do and takes nothing', () => {
    const buckets = new KeyedBuckets({ burst: 1, perSecond: 1 });
    assert.deepEqual([buckets.holds('a', 0), buckets.holds('a', 0), buckets.take('a', 0)], [true, true, true]);
    assert.deepEqual([buckets.holds('a', 999), buckets.holds('a', 1000), buckets.holds('b', 0)], [false, true, true]);
    assert.equal(new KeyedBuckets({ burst: 0, perSecond: 1 }).holds('a', 0), false);
  });

  it('forgets the least recently used first, and stays bounded', () => {
    const buckets = new KeyedBuckets({ burst: 1, perSecond: 0 }, 2);
    assert.deepEqual(['a', 'b', 'a', 'c', 'a', 'b'].map((key) => buckets.take(key, 0)), [true, true, false, true, false, true]);
    assert.equal(buckets.size, 2);
  });
});
