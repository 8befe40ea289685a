import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attemptMs, backoffMs } from './backoff.ts';

describe('backoffMs', () => {
  it('doubles from 250 ms to 2 s and stays there', () => {
    assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 100, 1e9].map((attempt) => backoffMs(attempt, 0)), [250, 500, 1000, 2000, 2000, 2000, 2000, 2000, 2000]);
  });

  it('takes off a random half at most', () => {
    assert.equal(backoffMs(0, 0.5), 187.5);
    for (const attempt of [0, 3, 50]) assert.ok(backoffMs(attempt, 0.999_999) > backoffMs(attempt, 0) / 2);
  });
});

describe('attemptMs', () => {
  it('is short while people wait, and long enough for any network after a minute', () => {
    assert.deepEqual([0, 11, 12, 1e9].map(attemptMs), [5000, 5000, 10_000, 10_000]);
  });
});
