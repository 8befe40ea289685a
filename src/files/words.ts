/** What the two ends of a file channel say to each other (docs/wire.md). What comes is `unknown` until it was read here. */
import { isPlainObject, isText } from '../protocol/primitives.ts';
import { stringify } from '../protocol/json.ts';
import { cleanFileName } from './file-name.ts';
import type { ErrorCode } from '../shared/errors.ts';

export const MAX_METADATA_CHARS = 1024;
/** Of the file's bytes in one frame; small ones let a chat line through, and are the fastest besides. */
export const FRAME_BYTES = 16 * 1024;
/** Hashes in one word: 43 characters each. */
export const HASHES_A_WORD = 1024;
const MAX_TYPE_CHARS = 127;
const HEADER_BYTES = 12;
/** The largest frame. */
export const PART_BYTES = HEADER_BYTES + FRAME_BYTES;

export interface Offer {
  /** Unguessable: who knows it may go on with the transfer. */
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** The MIME type the sender claims; only text. */
  readonly type: string;
  readonly metadata?: unknown;
}

/** Why a transfer ended, as the other end says it. Whatever else it says is `file-cancelled`. */
const REASONS: ReadonlySet<unknown> = new Set<ErrorCode>([
  'file-refused', 'file-corrupt', 'file-too-large', 'file-unreadable', 'file-unwritable', 'file-expired',
]);

export function parseOffer(value: unknown): Offer | undefined {
  if (!isPlainObject(value)) return undefined;
  const { id, name, size, type, metadata } = value;
  if (!isFileId(id) || !isText(name, 4096) || !isCount(size)) return undefined;
  if (metadata !== undefined && stringify(metadata).length > MAX_METADATA_CHARS) return undefined;
  return { id, name: cleanFileName(name), size, type: cleanType(type), ...(metadata !== undefined && { metadata }) };
}

/** `type/subtype`, or nothing. */
export function cleanType(type: unknown): string {
  return isText(type, MAX_TYPE_CHARS) && /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type) ? type.toLowerCase() : '';
}

export function parseReason(code: unknown): ErrorCode {
  return REASONS.has(code) ? code as ErrorCode : 'file-cancelled';
}

export function isFileId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{22}$/.test(value);
}

export function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{43}$/.test(value);
}

/** A whole number from 0 on. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** A part of a block: which transfer, which block, at which byte of it. */
export interface Part { number: number; index: number; offset: number; bytes: Uint8Array }

/** @param room of {@link PART_BYTES}, written over: whoever sends it copies it anyway. @returns the frame, in there */
export function encodePart({ number, index, offset, bytes }: Part, room = new Uint8Array(PART_BYTES)): Uint8Array {
  const header = new DataView(room.buffer);
  [number, index, offset].forEach((value, i) => { header.setUint32(i * 4, value); });
  room.set(bytes, HEADER_BYTES);
  return room.subarray(0, HEADER_BYTES + bytes.length);
}

export function parsePart(frame: ArrayBuffer): Part | undefined {
  if (frame.byteLength <= HEADER_BYTES) return undefined;
  const header = new DataView(frame);
  const [number, index, offset] = [header.getUint32(0), header.getUint32(4), header.getUint32(8)];
  return { number, index, offset, bytes: new Uint8Array(frame, HEADER_BYTES) };
}
