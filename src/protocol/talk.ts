/** What goes beside chat lines, between our engines: the arguments of `#rtcio:talk`, and of the request for earlier lines. */
import { MAX_CHAT_CHARS } from './limits.ts';
import { cleanName, isParticipantId, isPlainObject, isText } from './primitives.ts';
import { INTERNAL_PREFIX } from './reserved.ts';

export const TALK = `${INTERNAL_PREFIX}talk`;
/** A request: `{gone}` -> the lines of who answers and, where asked for, of those who are not here any more. */
export const HISTORY = `${INTERNAL_PREFIX}history`;
/** Of the hello: this end hears and answers both. */
export const TALK_FEATURE = 'talk';

/** Of an answer to {@link HISTORY}. */
export const MAX_HISTORY = { lines: 200, chars: 65_536 } as const;
const MAX_IDS = 64;
const MAX_AGO_MS = 7 * 24 * 3_600_000;
const MAX_ID_CHARS = 64;

/** I write, or no more; I have these lines of yours. */
export type TalkWord = readonly ['typing', boolean] | readonly ['got', readonly string[]];

export interface HistoryLine {
  /** Its author's own. */
  readonly id: string;
  readonly text: string;
  /** How long before the answer. */
  readonly agoMs: number;
  /** Of somebody who is not here any more; absent: whoever answers said it. */
  readonly from?: string;
  readonly name?: string;
  readonly replyTo?: string;
}

/** What a chat line may refer to: another one, by author and their id for it. */
export function isLineRef(value: unknown): value is string {
  if (!isText(value, 64 + 1 + MAX_ID_CHARS, 3)) return false;
  const slash = value.indexOf('/');
  return slash > 0 && isParticipantId(value.slice(0, slash)) && slash < value.length - 1;
}

export function isLineId(value: unknown): value is string {
  return isText(value, MAX_ID_CHARS, 1);
}

export function parseTalk([what, value]: readonly unknown[]): TalkWord | undefined {
  if (what === 'typing' && typeof value === 'boolean') return [what, value];
  const isList = Array.isArray(value) && value.length <= MAX_IDS && value.every(isLineId);
  return what === 'got' && isList ? [what, value] : undefined;
}

/** @returns the lines that are some, as far as they are within the bounds. */
export function parseHistory(answer: unknown): HistoryLine[] {
  if (!isPlainObject(answer) || !Array.isArray(answer['lines'])) return [];
  const lines = (answer['lines'] as unknown[]).slice(-MAX_HISTORY.lines).map(parseLine).filter((line) => line !== undefined);
  return newestLines(lines);
}

/** The newest that fit into an answer. */
export function newestLines(lines: readonly HistoryLine[]): HistoryLine[] {
  let room = MAX_HISTORY.chars;
  const newest = lines.slice(-MAX_HISTORY.lines).reverse();
  const over = newest.findIndex((line) => (room -= JSON.stringify(line).length + 1) < 0);
  return (over < 0 ? newest : newest.slice(0, over)).reverse();
}

function parseLine(value: unknown): HistoryLine | undefined {
  if (!isPlainObject(value)) return undefined;
  const { id, text, agoMs, from, name, replyTo } = value;
  if (!isLineId(id) || !isText(text, MAX_CHAT_CHARS, 1)) return undefined;
  if (typeof agoMs !== 'number' || !(agoMs >= 0 && agoMs <= MAX_AGO_MS)) return undefined;
  const isOthers = isParticipantId(from) && isText(name, 256);
  if (!isOthers && from !== undefined) return undefined;
  return { id, text, agoMs, ...(isOthers && { from, name: cleanName(name) }), ...(isLineRef(replyTo) && { replyTo }) };
}
