import { RoomError } from '../shared/errors.ts';
import { toBase64Url } from '../shared/ids.ts';

/** What is hashed, asked for and sent again as one. WebCrypto has no digest that takes a file in parts. */
export const BLOCK_BYTES = 1024 * 1024;

export function blockCount(size: number): number {
  return Math.ceil(size / BLOCK_BYTES);
}

/** Bytes of a block; the last one is as long as the rest. */
export function blockBytes(size: number, index: number): number {
  return Math.min(BLOCK_BYTES, size - index * BLOCK_BYTES);
}

/** SHA-256, as it stands on the wire: 43 characters of base64url. */
export async function hashOf(bytes: BufferSource): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** The hash of a whole file: that over the hashes of its blocks, written one after the other. */
export function rootOf(hashes: readonly string[]): Promise<string> {
  return hashOf(new TextEncoder().encode(hashes.join('')));
}

/** @throws RoomError `insecure-context`. */
export function mustBeSecure(): void {
  if (!isSecureContext) throw new RoomError('insecure-context', 'Files are hashed, which a page may do over https only.');
}
