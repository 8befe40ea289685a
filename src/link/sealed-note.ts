/** What a join tells everyone through the relay, sealed under one key of the link. */
import { parseJson } from '../protocol/json.ts';
import { concat, fromBase64Url, lengthPrefixed, utf8 } from '../shared/bytes.ts';
import { toBase64Url } from '../shared/ids.ts';

export const NONCE_BYTES = 12;

/** Whose note it is; it opens for no other room, under no other id, and beside no other 16 bytes of a join. */
export interface Author { readonly room: string; readonly id: string; readonly join: Uint8Array }

/** @returns base64url of a random nonce and the ciphertext */
export async function sealNote(key: CryptoKey, author: Author, value: unknown): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: authorBytes(author) }, key, utf8(JSON.stringify(value)),
  );
  return toBase64Url(concat(iv, new Uint8Array(sealed)));
}

/** @returns `undefined` where nobody who holds the link sealed it for this author. */
export async function openNote(key: CryptoKey, author: Author, sealed: string): Promise<unknown> {
  const bytes = fromBase64Url(sealed);
  const plain = bytes && await decrypt(key, bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES), authorBytes(author));
  return plain && parseJson(new TextDecoder().decode(plain));
}

/** @returns `undefined` where it was altered, or sealed under another key. */
export async function decrypt(
  key: CryptoKey, iv: Uint8Array<ArrayBuffer>, data: Uint8Array<ArrayBuffer>, additionalData?: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array | undefined> {
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, ...(additionalData && { additionalData }) }, key, data);
    return new Uint8Array(plain);
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

function authorBytes({ room, id, join }: Author): Uint8Array<ArrayBuffer> {
  return concat(lengthPrefixed(room), lengthPrefixed(id), join);
}
