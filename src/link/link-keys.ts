/**
 * What follows from the secret in a link (docs/identity.md): the room's id on the wire and the keys that seal what the relay
 * carries. HKDF with SHA-256 (RFC 5869) by its own definition, because WebCrypto has extract and expand only in one.
 */
import { concat, fromBase64Url, lengthPrefixed, utf8 } from '../shared/bytes.ts';
import { RoomError } from '../shared/errors.ts';
import { toBase64Url } from '../shared/ids.ts';

const SECRET_BYTES = 16;
const SALT = utf8('rtc-elements/link/v1');
const HMAC: HmacImportParams = { name: 'HMAC', hash: 'SHA-256' };
const ZERO = Uint8Array.of(0);

/** One direction between two participants, each in one join. */
export interface Direction {
  readonly from: string;
  readonly to: string;
  /** The join's own 16 bytes, from the presence of `from` and of `to`. */
  readonly joinFrom: Uint8Array;
  readonly joinTo: Uint8Array;
}

export class LinkKeys {
  readonly #prk: CryptoKey;

  private constructor(prk: CryptoKey) {
    this.#prk = prk;
  }

  /** @throws RoomError `invalid-link-secret`: a passphrase, for one, could be guessed. `unsupported`: no WebCrypto. */
  static async from(secret: string): Promise<LinkKeys> {
    const bytes = fromBase64Url(secret);
    if (bytes?.length !== SECRET_BYTES) throw new RoomError('invalid-link-secret', '16 random bytes, as base64url.');
    const subtle = crypto.subtle as SubtleCrypto | undefined;
    if (!subtle) throw new RoomError('unsupported', 'WebCrypto needs https or localhost.');
    return new LinkKeys(await importHmac(await hmac(await importHmac(SALT), bytes)));
  }

  /** What the relay knows the room by. @param name as the page calls it */
  async roomId(name: string): Promise<string> {
    return toBase64Url((await this.#expand(concat(utf8('room'), ZERO, utf8(name)))).subarray(0, 16));
  }

  signalKey(room: string, { from, to, joinFrom, joinTo }: Direction): Promise<CryptoKey> {
    return this.#aesKey(concat(utf8('signal'), ZERO, ...[room, from, to].map(lengthPrefixed), joinFrom, joinTo));
  }

  presenceKey(): Promise<CryptoKey> {
    return this.#aesKey(utf8('presence'));
  }

  async #aesKey(info: Uint8Array): Promise<CryptoKey> {
    return crypto.subtle.importKey('raw', await this.#expand(info), 'AES-GCM', false, ['encrypt', 'decrypt']);
  }

  /** One block of it is 32 bytes, and nothing here needs more. */
  #expand(info: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    return hmac(this.#prk, concat(info, Uint8Array.of(1)));
  }
}

async function hmac(key: CryptoKey, data: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, data));
}

function importHmac(key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, HMAC, false, ['sign']);
}
