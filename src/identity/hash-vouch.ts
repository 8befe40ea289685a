import { utf8 } from '../shared/bytes.ts';
import { toBase64Url } from '../shared/ids.ts';

/** SHA-256 of the compact form, base64url: by it both ends of a connection know that they mean the same vouch. */
export async function hashVouch(compact: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(compact))));
}

/** The newest and the one before: while a renewal is under way one end may still hold that. */
export function newestTwo(hash: string, hashes: string): string {
  return `${hash} ${hashes.split(' ', 1).join('')}`;
}
