import { RoomError } from '../shared/errors.ts';

/** @throws RoomError `unserializable` for what JSON cannot hold: cycles, BigInt. */
export function stringify(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new RoomError('unserializable', 'JSON cannot hold it.', { cause });
  }
}
