import { RoomError } from '../shared/errors.ts';

/** @throws RoomError `unserializable` for what JSON cannot hold: cycles, BigInt. */
export function stringify(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new RoomError('unserializable', 'JSON cannot hold it.', { cause });
  }
}

/** @returns `undefined` for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // As refused as any other wrong shape, by whoever asked.
  }
}
