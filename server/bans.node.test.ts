import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Bans } from './bans.ts';

const LIMITS = { banFirstMs: 10_000, banMaxMs: 3_600_000, banForgetMs: 86_400_000 };
const time = fc.integer({ min: -50_000, max: 90_000_000 });

describe('Bans', () => {
  it('grow from the first to the longest, and no further', () => {
    const bans = new Bans(LIMITS);
    let nowMs = 0;
    const lengths = Array.from({ length: 11 }, () => {
      const lengthMs = bans.strike('a', nowMs);
      nowMs += lengthMs;
      return lengthMs / 1000;
    });
    assert.deepEqual(lengths, [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
  });

  it('hold until they end, for their address alone', () => {
    const bans = new Bans(LIMITS);
    assert.equal(bans.has('a', 0), false);
    bans.strike('a', 0);
    assert.deepEqual([bans.has('a', 0), bans.has('a', 9_999), bans.has('a', 10_000), bans.has('b', 0)], [true, true, false, false]);
  });

  it('are one ban when several sockets of a flood are closed', () => {
    const bans = new Bans(LIMITS);
    assert.deepEqual([0, 0, 4_000, 9_999].map((nowMs) => bans.strike('a', nowMs)), [10_000, 10_000, 6_000, 1]);
    assert.equal(bans.strike('a', 10_000), 20_000);
  });

  it('begin anew after a day of peace', () => {
    const bans = new Bans(LIMITS);
    bans.strike('a', 0);
    assert.equal(bans.strike('a', 10_000 + LIMITS.banForgetMs - 1), 20_000);
    const peaceMs = 10_000 + 2 * LIMITS.banForgetMs - 1 + 20_000;
    assert.equal(bans.strike('a', peaceMs), 10_000);
  });

  it('are none where the first is of no length', () => {
    const bans = new Bans({ ...LIMITS, banFirstMs: 0 });
    assert.deepEqual([bans.strike('a', 0), bans.strike('a', 1), bans.has('a', 1)], [0, 0, false]);
  });

  it('are never longer than the longest, whatever the clock does', () => {
    fc.assert(fc.property(fc.array(time, { maxLength: 100 }), (times) => {
      const bans = new Bans(LIMITS);
      let latestMs = -Infinity;
      for (const nowMs of times) {
        latestMs = Math.max(latestMs, nowMs);
        bans.strike('a', nowMs);
        assert.equal(bans.has('a', latestMs + LIMITS.banMaxMs), false);
      }
    }));
  });

  it('are bounded in number, the one struck last among them', () => {
    fc.assert(fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (keys, maxKeys) => {
      const bans = new Bans(LIMITS, maxKeys);
      for (const key of keys) {
        bans.strike(key, 0);
        assert.ok(bans.has(key, 0) && bans.size <= maxKeys);
      }
    }));
  });
});
