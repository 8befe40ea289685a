/** What one says without words, to everyone (docs/wire.md). How it is read is loaded with the first: parse-gesture.ts. */
import { INTERNAL_PREFIX } from './reserved.ts';
import type { ListenOptions } from '../shared/emitter.ts';

export const GESTURE = `${INTERNAL_PREFIX}gesture`;
/** Of the hello: this end knows them. */
export const GESTURES_FEATURE = 'gestures';

/** All there are: a reaction says no word of one's own. */
export const REACTIONS = ['👍', '👎', '👏', '❤️', '😂', '😮', '🎉', '🤔'] as const;
export type Reaction = (typeof REACTIONS)[number];

/** @param upMs for how long the hand has been up; none where it is down. @returns the arguments of the word */
export function encodeHand(upMs: number | undefined): unknown[] {
  return ['hand', upMs ?? null];
}

/** What a peer says of this end. */
export interface Gesturing {
  /** To who is met now. */
  hand(): readonly unknown[];
  onSaid(listener: (args: readonly unknown[]) => void, options: ListenOptions): void;
}
