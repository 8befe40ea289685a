/** What every parser of the wire is made of. */
import * as limits from './limits.ts';
import { INTERNAL_PREFIX } from './reserved.ts';

export type Plain = Readonly<Record<string, unknown>>;

export function isPlainObject(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
    && !(value instanceof ArrayBuffer);
}

export function isText(value: unknown, maxChars: number, minChars = 0): value is string {
  return typeof value === 'string' && value.length >= minChars && value.length <= maxChars;
}

/** An own property only: `{}` has no `constructor` here. */
export function own(object: Plain, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * Display names as everyone shows them: NFC, single spaces, none of the characters that are invisible, that reorder text or
 * that fill a line with nothing. The joiners stay: Persian and emoji need them.
 */
export function cleanName(name: string): string {
  // Twice, because the cut may leave half a character or a space at the end.
  return tidy(tidy(name.normalize('NFC')).slice(0, limits.MAX_NAME_CHARS));
}

function tidy(name: string): string {
  return name.replace(/(?:(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u115F\u1160\u3164\uFFA0\s])+/gu, ' ').trim();
}

export function isParticipantId(value: unknown): value is string {
  return typeof value === 'string' && limits.PARTICIPANT_ID_PATTERN.test(value);
}

export function isRoomId(value: unknown): value is string {
  return typeof value === 'string' && limits.ROOM_ID_PATTERN.test(value);
}

/** The name of an application event: not empty, not long, not the protocol's. */
export function isEventName(value: unknown): value is string {
  return isText(value, limits.MAX_EVENT_NAME_CHARS, 1) && !value.startsWith(INTERNAL_PREFIX);
}
