import { holdsBinary, isBinary } from '../protocol/binary.ts';
import { encodeEnvelope } from '../protocol/control.ts';
import { stringify } from '../protocol/json.ts';
import { MAX_CONTROL_CHARS } from '../protocol/limits.ts';
import { RoomError } from '../shared/errors.ts';
import { loadAgain } from '../shared/load-again.ts';
import { Later } from './frame-queue.ts';
import type { Placed } from '../protocol/binary.ts';
import type { Item } from './frame-queue.ts';

/**
 * An event as it leaves: a text, or where it is long or holds binary values, something packed, which only our engines read.
 * Binary values are copied at once, so that their owner may go on writing; blobs are read meanwhile, and what comes after waits.
 * @throws RoomError `unserializable`, `message-too-large`.
 */
export function encodeEvent(event: string, args: readonly unknown[], maxBytes: number): Item {
  const placed: Placed[] = [];
  const frame = holdsBinary(args) ? encodeAround(event, args, placed) : encodeEnvelope(event, args);
  if (placed.length === 0 && frame.length <= MAX_CONTROL_CHARS) return frame;
  const bytes = placed.reduce((sum, { data }) => sum + (data instanceof Blob ? data.size : data.byteLength), utf8Bytes(frame));
  if (bytes > maxBytes) throw tooLarge(bytes, maxBytes);
  return new Later(bytes, loadAgain(() => import('./packing.ts')).then(({ packEvent }) => packEvent(frame, placed)));
}

/** For what is larger than the far end takes, too. */
export function tooLarge(bytes: number, maxBytes: number): RoomError {
  return new RoomError('message-too-large', `${bytes} bytes; at most ${maxBytes} go into one event: send a file, or less.`);
}

/** The envelope with `null` where binary values stand. */
function encodeAround(event: string, args: readonly unknown[], placed: Placed[]): string {
  const paths = new Map<unknown, readonly string[]>([[args, []]]);
  return stringify({ e: event, d: args }, function (this: unknown, key, value) {
    const path = [...paths.get(this) ?? [], key];
    if (isBinary(value)) {
      const type = Object.prototype.toString.call(value).slice(8, -1); // "[object Uint8Array]"
      placed.push({ path, type, data: value instanceof Blob ? value : copyOf(value) });
      return null;
    }
    if (value !== args) paths.set(value, path);
    return value;
  });
}

function copyOf(value: ArrayBuffer | ArrayBufferView): ArrayBuffer {
  if (value instanceof ArrayBuffer) return value.slice(0);
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice().buffer;
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
