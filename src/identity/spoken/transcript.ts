/** The exact bytes that a spoken code is made of (docs/identity.md), on WebCrypto. */
import { concat, lengthPrefixed, utf8 } from '../../shared/bytes.ts';

/** Everyone in the room, or the two of a pair: different labels, so that neither can be passed off as the other. */
export type Scope = 'room' | 'pair';

/** A participant, as one of the others sees them. */
export interface Subject {
  readonly id: string;
  /** The `sub` of the vouch that they send; empty without one. */
  readonly sub: string;
  /** SHA-256 of the certificate that the connection to them really uses. */
  readonly fp: Uint8Array;
}

/** One try of one room. */
export interface Epoch { readonly scope: Scope; readonly room: string; readonly number: number }

const COMMIT = { room: 'rtcroom/sas/v1/commit', pair: 'rtcroom/sas/v1/pair-commit' };
const KEY = { room: 'rtcroom/sas/v1/room', pair: 'rtcroom/sas/v1/pair' };
const ZERO = Uint8Array.of(0);
export const NONCE_BYTES = 32;

/** What one says before anybody has said what they drew. */
export function commitment({ scope, room, number }: Epoch, { id, sub, fp }: Subject, nonce: Uint8Array): Promise<Uint8Array> {
  const names = [lengthPrefixed(id), lengthPrefixed(sub)];
  return sha256(concat(utf8(COMMIT[scope]), ZERO, lengthPrefixed(room), u32(number), ...names, fp, nonce));
}

/**
 * K: the same for two exactly where they see the same members under the same keys.
 * @param drawn in the order of {@link inOrder}
 */
export function epochKey(
  { scope, room, number }: Epoch, drawn: readonly (Subject & { readonly nonce: Uint8Array })[],
): Promise<Uint8Array> {
  return sha256(concat(
    utf8(KEY[scope]), ZERO, lengthPrefixed(room), u32(number), Uint8Array.of(drawn.length >> 8, drawn.length & 0xff),
    ...drawn.flatMap(({ id, sub, fp, nonce }) => [lengthPrefixed(id), lengthPrefixed(sub), fp, nonce]),
  ));
}

/** By the bytes of the id, which for the ids of the wire is the order of their characters. */
export function inOrder(ids: Iterable<string>): string[] {
  return [...ids].sort((a, b) => (a < b ? -1 : Number(a > b)));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
