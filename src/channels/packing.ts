import { KIND, MARK, kindOf } from '../protocol/packed-kind.ts';
import { envelopeOf } from '../protocol/control.ts';
import { parseJson } from '../protocol/json.ts';
import { isPlainObject, isText } from '../protocol/primitives.ts';
import { RoomError } from '../shared/errors.ts';
import { Packed } from './frame-queue.ts';
import { STREAM } from './stream-words.ts';
import type { Placed } from '../protocol/binary.ts';
import type { Envelope } from '../protocol/control.ts';

/** So much goes into one frame. Every browser takes more; what is longer would hold up what others say at the same time. */
const PART_BYTES = 16_384;
const HEAD_BYTES = MARK.length + 1;
const OVERHEAD_BYTES = 65_536;
const MAX_PLACES = 1024;
const MAX_DEPTH = 64;
const MAX_TYPE_CHARS = 128;

interface View { new (bytes: ArrayBuffer): ArrayBufferView; readonly BYTES_PER_ELEMENT?: number }

/** What a binary value may be, beside a blob of a media type. */
const KINDS: Readonly<Record<string, View>> = {
  DataView, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array,
  Float64Array, BigInt64Array, BigUint64Array,
};
const BUFFER = 'ArrayBuffer';
const BLOB = 'blob:';

type Placeable = ArrayBuffer | ArrayBufferView | Blob;
/** Where a binary value stands, what it is, and how many bytes of the tail are its. */
type Place = readonly [path: readonly string[], type: string, bytes: number];

/** @param frame an envelope with `null` in each place. @throws RoomError `unserializable`, for a blob that cannot be read too. */
export async function packEvent(frame: string, placed: readonly Placed[]): Promise<Packed> {
  const text = new TextEncoder();
  if (placed.length === 0) return pack(KIND.text, [text.encode(frame)]);
  const tail = await Promise.all(placed.map(({ data }) => bytesOf(data)));
  const places = placed.map(({ path, type, data }, i) => {
    return [path, data instanceof Blob ? BLOB + data.type : type, tail[i]?.byteLength];
  });
  if (places.length > MAX_PLACES || !places.every(isPlace)) {
    throw new RoomError('unserializable', 'Binary values: too many, too deep, or of an unknown kind.');
  }
  const head = text.encode(`${frame.slice(0, -1)},"b":${JSON.stringify(places)}}`);
  const headBytes = new DataView(new ArrayBuffer(4));
  headBytes.setUint32(0, head.byteLength);
  return pack(KIND.event, [new Uint8Array(headBytes.buffer), head, ...tail]);
}

/** Bytes of an app, longer than one message may be, or such as would be taken for something packed. */
export function packBytes(data: ArrayBuffer | ArrayBufferView): Packed {
  const { buffer, byteOffset } = ArrayBuffer.isView(data) ? data : { buffer: data, byteOffset: 0 };
  return pack(KIND.bytes, [new Uint8Array(buffer, byteOffset, data.byteLength)]);
}

function pack(kind: number, pieces: readonly Uint8Array[]): Packed {
  const whole = joined([Uint8Array.of(kind), ...pieces]);
  const frames: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < whole.byteLength; at += PART_BYTES) {
    const part = whole.subarray(at, at + PART_BYTES);
    const isLast = at + PART_BYTES >= whole.byteLength;
    const head = whole.byteLength <= PART_BYTES ? MARK : [...MARK, isLast ? KIND.last : KIND.more];
    frames.push(joined([Uint8Array.from(head), part]));
  }
  return new Packed(frames);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.byteLength;
  }
  return all;
}

async function bytesOf(data: Blob | ArrayBuffer): Promise<Uint8Array> {
  try {
    return new Uint8Array(data instanceof Blob ? await data.arrayBuffer() : data);
  } catch (cause) {
    throw new RoomError('unserializable', 'A blob could not be read.', { cause });
  }
}

/** Puts together what comes over one data channel. */
export class Unpacker {
  readonly #maxBytes: number;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  /** @param maxBytes of one item; what it is packed with comes on top */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes + OVERHEAD_BYTES;
  }

  /**
   * @param frame that is packed (`kindOf`)
   * @returns an envelope, or bytes of an app; `undefined` for what is neither, and while more must come
   */
  take(frame: ArrayBuffer): Envelope | ArrayBuffer | undefined {
    const kind = kindOf(frame) ?? -1;
    if (kind > KIND.last) return unpack(new Uint8Array(frame, MARK.length));
    this.#bytes += frame.byteLength;
    if (this.#bytes <= this.#maxBytes) this.#parts.push(new Uint8Array(frame, HEAD_BYTES)); else this.#parts = [];
    if (kind !== KIND.last) return undefined;
    const whole = joined(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    return unpack(whole);
  }
}

/** @param whole a kind, and what is of that kind */
function unpack(whole: Uint8Array<ArrayBuffer>): Envelope | ArrayBuffer | undefined {
  const body = whole.subarray(1);
  switch (whole[0]) {
    case KIND.bytes: return body.slice().buffer;
    case KIND.text: return envelopeOf(parseJson(new TextDecoder().decode(body)));
    case KIND.event: return unpackEvent(body);
    case KIND.stream: return body.byteLength > 4
      ? { e: STREAM, d: ['data', new DataView(body.buffer, body.byteOffset).getUint32(0), body.slice(4)] } : undefined;
    default: return undefined;
  }
}

function unpackEvent(body: Uint8Array<ArrayBuffer>): Envelope | undefined {
  if (body.byteLength < 4) return undefined;
  let at = 4 + new DataView(body.buffer, body.byteOffset).getUint32(0);
  if (at > body.byteLength) return undefined;
  const head = parseJson(new TextDecoder().decode(body.subarray(4, at)));
  const envelope = envelopeOf(head);
  const places = isPlainObject(head) ? head['b'] : undefined;
  if (!envelope || !Array.isArray(places) || places.length > MAX_PLACES) return undefined;
  for (const place of places as unknown[]) {
    if (!isPlace(place) || place[2] > body.byteLength - at) return undefined;
    const [path, type, bytes] = place;
    const value = valueOf(type, body.slice(at, at += bytes).buffer);
    if (value === undefined || !put(envelope.d, path, value)) return undefined;
  }
  return at === body.byteLength ? envelope : undefined;
}

function isPlace(value: unknown): value is Place {
  if (!Array.isArray(value)) return false;
  const [path, type, bytes] = value as unknown[];
  const isPath = Array.isArray(path) && path.length > 0 && path.length <= MAX_DEPTH
    && path.every((key) => typeof key === 'string' && key !== '__proto__');
  return isPath && isText(type, MAX_TYPE_CHARS) && (type === BUFFER || type.startsWith(BLOB) || Object.hasOwn(KINDS, type))
    && Number.isSafeInteger(bytes) && bytes as number >= 0;
}

function valueOf(type: string, bytes: ArrayBuffer): Placeable | undefined {
  if (type === BUFFER) return bytes;
  if (type.startsWith(BLOB)) return new Blob([bytes], { type: type.slice(BLOB.length) });
  const View = KINDS[type];
  return View && bytes.byteLength % (View.BYTES_PER_ELEMENT ?? 1) === 0 ? new View(bytes) : undefined;
}

/** Where a `null` stands, and nowhere else. */
function put(root: unknown[], path: readonly string[], value: Placeable): boolean {
  let holder: unknown = root;
  for (const key of path.slice(0, -1)) holder = ownOf(holder, key);
  const last = path.at(-1) ?? '';
  if (ownOf(holder, last) !== null) return false;
  (holder as Record<string, unknown>)[last] = value;
  return true;
}

function ownOf(holder: unknown, key: string): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key)) return undefined;
  return (holder as Record<string, unknown>)[key];
}
