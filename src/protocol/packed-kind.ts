/** Both ends know it: several envelopes in one frame, and frames that are packed. */
export const FRAMES_FEATURE = 'frames';

/**
 * How a packed frame begins; then comes one byte that says what it is. (No UTF-8 text has the first of them; bytes of an app
 * that begin so are packed too, and so cannot be taken for anything else.)
 */
export const MARK: readonly number[] = [0xf5, 0x72, 0x74, 0x63];

export const KIND = {
  /** A part of what is too long for one frame; more follow. What the parts hold begins with a kind of the others. */
  more: 0,
  last: 1,
  /** An envelope with binary values. */
  event: 2,
  /** Bytes of an app. */
  bytes: 3,
  /** An envelope in UTF-8. */
  text: 4,
  /** A part of a channel's stream: its number (32 bits), then bytes. */
  stream: 5,
} as const;

/** @returns what it says it is; `undefined` for a frame that is not packed. */
export function kindOf(frame: ArrayBuffer | ArrayBufferView): number | undefined {
  const bytes = ArrayBuffer.isView(frame)
    ? new Uint8Array(frame.buffer, frame.byteOffset, Math.min(frame.byteLength, 5))
    : new Uint8Array(frame, 0, Math.min(frame.byteLength, 5));
  return MARK.every((byte, i) => bytes[i] === byte) ? bytes[MARK.length] : undefined;
}
