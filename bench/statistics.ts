import { randomFrom } from '../test/support/random.ts';

/** The middle value; of an even number of them the mean of the two in the middle. @throws RangeError for none */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new RangeError('No values.');
  return (low + high) / 2;
}

/** The 95 % interval of the median by the percentile bootstrap (Efron 1979), 10,000 resamples. */
export function medianInterval(values: readonly number[], resamples = 10_000): [low: number, high: number] {
  const random = randomFrom(1); // The same measurements give the same interval.
  const medians = Array.from({ length: resamples }, () =>
    median(values.map(() => values[Math.floor(random() * values.length)] ?? NaN)));
  medians.sort((a, b) => a - b);
  const at = (share: number) => medians[Math.round(share * (resamples - 1))] ?? NaN;
  return [at(0.025), at(0.975)];
}

export interface Goal { atMost?: number; atLeast?: number }
export type Verdict = 'reached' | 'missed' | 'undecided' | 'reported';
export const MIN_PAIRS = 20;

/** Reached when the interval reaches the goal, missed when all of it lies beyond, undecided with too few pairs. */
export function judge([low, high]: readonly [number, number], { atMost, atLeast }: Goal, pairs: number): Verdict {
  if (atMost === undefined && atLeast === undefined) return 'reported';
  if (pairs < MIN_PAIRS) return 'undecided';
  return low <= (atMost ?? Infinity) && high >= (atLeast ?? -Infinity) ? 'reached' : 'missed';
}
