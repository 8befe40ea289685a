import { RoomError } from '../shared/errors.ts';

const MAX_DEPTH = 128;
/** An envelope and a list of them stand around what an app sends. */
export const MAX_SENT_DEPTH = 120;

/** @throws RoomError `unserializable` for what JSON cannot hold: cycles, BigInt. */
export function stringify(value: unknown, replacer?: (this: unknown, key: string, value: unknown) => unknown): string {
  try {
    const text = JSON.stringify(value, replacer);
    if (!isDeeper(text, MAX_SENT_DEPTH)) return text;
  } catch (cause) {
    throw new RoomError('unserializable', 'JSON cannot hold it.', { cause });
  }
  throw new RoomError('unserializable', `It is nested more than ${MAX_SENT_DEPTH} deep.`);
}

/** @returns `undefined` for what is not JSON, or so deep that whoever walks through it would run out of stack. */
export function parseJson(text: string): unknown {
  try {
    return isDeeper(text, MAX_DEPTH) ? undefined : JSON.parse(text);
  } catch {
    return undefined; // As refused as any other wrong shape, by whoever asked.
  }
}

/** Looks at the text, of which most is too short to be deep. */
function isDeeper(text: string | undefined, depth: number): boolean {
  if (!text || text.length < 2 * depth) return false;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i++; // What is escaped is no quote.
    else if (code === 0x22) quoted = !quoted;
    else if (quoted) continue;
    else if (code === 0x5b || code === 0x7b) { if (--depth < 0) return true; }
    else if (code === 0x5d || code === 0x7d) depth++;
  }
  return false;
}
