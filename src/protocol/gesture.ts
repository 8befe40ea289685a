/** What one says without words, to everyone (docs/wire.md). How it is read is loaded with the first: parse-gesture.ts. */
import { INTERNAL_PREFIX } from './reserved.ts';
import type { ListenOptions } from '../shared/emitter.ts';

export const GESTURE = `${INTERNAL_PREFIX}gesture`;
/** Of the hello: this end knows them. */
export const GESTURES_FEATURE = 'gestures';
/** The mark of who records, and of the hello: this end shows it. */
export const RECORDING = 'recording';

/** What stands until it is taken back. */
export const MARKS = ['hand', RECORDING] as const;
export type Mark = (typeof MARKS)[number];

/** All there are: a reaction says no word of one's own. */
export const REACTIONS = ['👍', '👎', '👏', '❤️', '😂', '😮', '🎉', '🤔'] as const;
export type Reaction = (typeof REACTIONS)[number];

/** @param forMs for how long it has stood; none where it does not. @returns the arguments of the word */
export function encodeMark(mark: Mark, forMs: number | undefined): unknown[] {
  return [mark, forMs ?? null];
}

/** What a peer says of this end. */
export interface Gesturing {
  /** How each stands, to who is met now. */
  marks(): readonly (readonly unknown[])[];
  onSaid(listener: (args: readonly unknown[]) => void, options: ListenOptions): void;
}
