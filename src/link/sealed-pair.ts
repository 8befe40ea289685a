import { parseJson } from '../protocol/json.ts';
import { concat, fromBase64Url, utf8 } from '../shared/bytes.ts';
import { toBase64Url } from '../shared/ids.ts';
import { NONCE_BYTES, decrypt } from './sealed-note.ts';

/** Everything that goes from one participant to another in one direction, sealed under a key of its own. */
export class SealingEnd {
  readonly #key: Promise<CryptoKey>;
  #count = 0;

  constructor(key: Promise<CryptoKey>) {
    this.#key = key;
  }

  /** The nonce is taken at once, so that a later call never gets an earlier one. @returns base64url of nonce and ciphertext */
  async seal(value: unknown): Promise<string> {
    const nonce = nonceOf(this.#count++);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, await this.#key, utf8(JSON.stringify(value)));
    return toBase64Url(concat(nonce, new Uint8Array(sealed)));
  }
}

/** The other end: takes each once, in the order in which they were sealed. Some may be missing. */
export class OpeningEnd {
  readonly #key: Promise<CryptoKey>;
  #last = -1;

  constructor(key: Promise<CryptoKey>) {
    this.#key = key;
  }

  /** @returns `undefined` for what was altered, repeated, reordered, or sealed by someone without the link. */
  async open(sealed: string): Promise<unknown> {
    const bytes = fromBase64Url(sealed);
    if (!bytes || bytes.length < NONCE_BYTES) return undefined;
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const plain = await decrypt(await this.#key, nonce, bytes.subarray(NONCE_BYTES));
    const count = countOf(nonce);
    if (!plain || count <= this.#last) return undefined;
    this.#last = count;
    return parseJson(new TextDecoder().decode(plain));
  }
}

/** 96 bits, big-endian. Nobody seals 2^53 of anything. */
function nonceOf(count: number): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(NONCE_BYTES);
  new DataView(nonce.buffer).setBigUint64(4, BigInt(count));
  return nonce;
}

function countOf(nonce: Uint8Array): number {
  const view = new DataView(nonce.buffer, nonce.byteOffset);
  return view.getUint32(0) === 0 ? Number(view.getBigUint64(4)) : Infinity;
}
