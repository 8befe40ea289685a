import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { linePath, METRICS } from './metrics.ts';
import { StatsHistory } from './stats-history.ts';
import type { StatsSample } from '../../src/index.ts';

const sample = (roundTripMs: number | undefined, participant = 'a'): StatsSample => ({
  participant, periodMs: 2000, lossFraction: 0.5, receivedBitsPerSecond: 1, sentBitsPerSecond: 2, quality: { level: 'good' }, streams: [],
  ...(roundTripMs !== undefined && { roundTripMs }),
});

describe('StatsHistory', () => {
  it('keeps two minutes of each who is here, and forgets who is not', () => {
    const history = new StatsHistory();
    for (let atMs = 0; atMs <= 200_000; atMs += 2000) history.add(sample(atMs), atMs);
    history.add(sample(1, 'b'), 200_000);
    const points = history.of('a')?.points ?? [];
    assert.deepEqual([points[0]?.atMs, points.length], [82_000, 60]);
    history.keep(new Set(['b']));
    assert.deepEqual([history.of('a'), history.of('b')?.points.length], [undefined, 1]);
  });

  it('is JSON that counts back from now', () => {
    const history = new StatsHistory();
    history.add(sample(30), 1000);
    const [first] = JSON.parse(history.toJson(3000)) as { participant: string; points: { agoMs: number; roundTripMs: number }[] }[];
    assert.deepEqual([first?.participant, first?.points[0]?.agoMs, first?.points[0]?.roundTripMs], ['a', 2000, 30]);
  });
});

describe('linePath', () => {
  const roundTrip = METRICS[0]!;
  const path = (...values: [atMs: number, roundTripMs: number | undefined][]) => {
    const history = new StatsHistory();
    for (const [atMs, roundTripMs] of values) history.add(sample(roundTripMs), atMs);
    return linePath(roundTrip, history.of('a')?.points ?? [], 120_000);
  };

  it('runs from the left to now, and is as high as what is usual, or the highest', () => {
    assert.equal(path([114_000, 0], [117_000, 100], [120_000, 200]), 'M114.0 31.0L117.0 16.0L120.0 1.0');
    assert.equal(path([117_000, 200], [120_000, 400]), 'M117.0 16.0L120.0 1.0');
  });

  it('is interrupted where nothing is known', () => {
    assert.equal(path([100_000, 0], [102_000, undefined], [104_000, 0], [120_000, 0]), 'M100.0 31.0M104.0 31.0M120.0 31.0');
  });
});
