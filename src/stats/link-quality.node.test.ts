import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeLink } from './link-quality.ts';
import type { LinkFacts } from './link-quality.ts';

const FINE: LinkFacts = { interrupted: false, roundTripMs: 40, lossFraction: 0, sentLossFraction: 0, jitterMs: 5, freezes: 0, limitations: [] };

describe('judgeLink', () => {
  const rows: readonly (readonly [facts: Partial<LinkFacts>, level: string, reason?: string])[] = [
    [{}, 'good'],
    [{ lossFraction: 0.019 }, 'good'],
    [{ lossFraction: 0.02 }, 'fair', 'loss'],
    [{ sentLossFraction: 0.05 }, 'fair', 'loss'],
    [{ lossFraction: 0.08 }, 'poor', 'loss'],
    [{ roundTripMs: 299 }, 'good'],
    [{ roundTripMs: 300 }, 'fair', 'round-trip'],
    [{ roundTripMs: 800 }, 'poor', 'round-trip'],
    [{ jitterMs: 40 }, 'fair', 'jitter'],
    [{ jitterMs: 120 }, 'poor', 'jitter'],
    [{ freezes: 1 }, 'fair', 'freezes'],
    [{ freezes: 3 }, 'poor', 'freezes'],
    [{ limitations: ['bandwidth'] }, 'fair', 'bandwidth'],
    [{ limitations: ['cpu', 'cpu'] }, 'fair', 'cpu'],
    [{ limitations: ['other'] }, 'good'],
    [{ interrupted: true, lossFraction: 1 }, 'poor', 'interrupted'],
    // The worst step is told, not the first row that is passed.
    [{ lossFraction: 0.03, roundTripMs: 900 }, 'poor', 'round-trip'],
    [{ lossFraction: 0.03, limitations: ['cpu'] }, 'fair', 'loss'],
  ];
  for (const [facts, level, reason] of rows) {
    it(`calls ${JSON.stringify(facts)} ${level}${reason ? `, for ${reason}` : ''}`, () => {
      assert.deepEqual(judgeLink({ ...FINE, ...facts }), { level, ...(reason && { reason }) });
    });
  }
  it('calls good what it knows nothing bad of', () => {
    assert.deepEqual(judgeLink({ interrupted: false, lossFraction: 0, sentLossFraction: 0, freezes: 0, limitations: [] }), { level: 'good' });
  });
});
