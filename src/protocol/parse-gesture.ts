import { parseCount } from './control.ts';
import { REACTIONS, encodeHand } from './gesture.ts';
import type { Reaction } from './gesture.ts';

/** `upMs`: for how long the hand has been up; none where it is down. */
export type Gesture =
  | { readonly what: 'hand'; readonly upMs?: number }
  | { readonly what: 'reaction'; readonly reaction: Reaction };

const DAY_MS = 86_400_000;

/** The arguments of `#rtcio:gesture`. */
export function encodeGesture(gesture: Gesture): unknown[] {
  return gesture.what === 'hand' ? encodeHand(gesture.upMs) : ['reaction', gesture.reaction];
}

/** @returns `undefined` for anything else than one. */
export function parseGesture([what, value]: readonly unknown[]): Gesture | undefined {
  if (what === 'reaction') {
    const reaction = REACTIONS.find((one) => one === value);
    return reaction && { what, reaction };
  }
  if (what !== 'hand') return undefined;
  if (value === null) return { what };
  const upMs = parseCount(value);
  return upMs !== undefined && upMs <= DAY_MS ? { what, upMs } : undefined;
}
