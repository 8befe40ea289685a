import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SteadyQuality, worstOf } from './steady-quality.ts';
import type { LinkQuality } from '../../src/index.ts';

const good: LinkQuality = { level: 'good' };
const loss: LinkQuality = { level: 'poor', reason: 'loss' };
const delay: LinkQuality = { level: 'poor', reason: 'round-trip' };
const fair: LinkQuality = { level: 'fair', reason: 'cpu' };

describe('SteadyQuality', () => {
  for (const [heard, shown] of [
    [[], undefined],
    [[loss], loss],
    [[good, loss], good],
    [[good, loss, good, loss], good],
    [[good, loss, delay], delay],
    [[loss, delay], delay],
    [[loss, good], loss],
    [[loss, good, fair], loss],
    [[loss, good, good], good],
  ] as [LinkQuality[], LinkQuality | undefined][]) {
    it(`shows ${shown?.reason ?? shown?.level ?? 'nothing'} after ${heard.map(({ level, reason }) => reason ?? level).join() || 'nothing'}`, () => {
      const steady = new SteadyQuality();
      for (const quality of heard) steady.add(quality);
      assert.equal(steady.shown, shown);
    });
  }
});

it('worstOf tells the first of the worst', () => {
  assert.equal(worstOf([good, fair, loss, delay]), loss);
  assert.equal(worstOf([good, fair]), fair);
  assert.equal(worstOf([]), undefined);
});
