import { parseCount } from './control.ts';
import { MARKS, REACTIONS, encodeMark } from './gesture.ts';
import type { Mark, Reaction } from './gesture.ts';

/** `forMs`: for how long it has stood; none where it is taken back. */
export type Gesture =
  | { readonly what: Mark; readonly forMs?: number }
  | { readonly what: 'reaction'; readonly reaction: Reaction };

const DAY_MS = 86_400_000;

/** The arguments of `#rtcio:gesture`. */
export function encodeGesture(gesture: Gesture): unknown[] {
  return gesture.what === 'reaction' ? ['reaction', gesture.reaction] : encodeMark(gesture.what, gesture.forMs);
}

/** @returns `undefined` for anything else than one. */
export function parseGesture([what, value]: readonly unknown[]): Gesture | undefined {
  if (what === 'reaction') {
    const reaction = REACTIONS.find((one) => one === value);
    return reaction && { what, reaction };
  }
  const mark = MARKS.find((one) => one === what);
  if (!mark) return undefined;
  if (value === null) return { what: mark };
  const forMs = parseCount(value);
  return forMs !== undefined && forMs <= DAY_MS ? { what: mark, forMs } : undefined;
}
