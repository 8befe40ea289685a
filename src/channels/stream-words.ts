/** What is said of streams on a named channel (docs/wire.md). */
import { KIND, MARK } from '../protocol/packed-kind.ts';
import { INTERNAL_PREFIX } from '../protocol/reserved.ts';
import { Packed } from './frame-queue.ts';

/** `[word, number, value?]`. */
export const STREAM = `${INTERNAL_PREFIX}stream`;
/** What may be on its way to a reader, and wait for them. */
export const STREAM_WINDOW_BYTES = 1024 * 1024;
/** In one frame, which a chat line waits for at most. */
export const STREAM_PART_BYTES = 16 * 1024;

/** A part of a stream, which comes as `[data, number, bytes]`. */
export function packPart(stream: number, bytes: Uint8Array): Packed {
  const head = MARK.length + 1;
  const frame = new Uint8Array(head + 4 + bytes.byteLength);
  frame.set([...MARK, KIND.stream]);
  new DataView(frame.buffer).setUint32(head, stream);
  frame.set(bytes, head + 4);
  return new Packed([frame]);
}
