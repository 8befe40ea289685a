/** What members say to each other on the way to a spoken code (docs/wire.md): the arguments of `#rtcio:verify`. */
import { isParticipantId, isText } from './primitives.ts';

/** Of the hello: this end takes part. */
export const VERIFY_FEATURE = 'verify';

export interface SpokenWord {
  readonly what: 'commit' | 'reveal';
  /** Of everyone in the room, or of the two of a pair. */
  readonly scope: 'room' | 'pair';
  readonly epoch: number;
  /** The ids of all who take part, as the sender sees it, in order. */
  readonly of: readonly string[];
  /** 32 bytes, base64url. */
  readonly value: string;
}

const MAX_MEMBERS = 64;
/** Half of what four bytes count: nobody gets there in steps. */
const MAX_EPOCH = 0x7fff_ffff;
const BYTES_32 = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

export function encodeSpokenWord({ what, scope, epoch, of, value }: SpokenWord): unknown[] {
  return [what, scope, epoch, of, value];
}

export function parseSpokenWord([what, scope, epoch, of, value]: readonly unknown[]): SpokenWord | undefined {
  if ((what !== 'commit' && what !== 'reveal') || (scope !== 'room' && scope !== 'pair')) return undefined;
  if (!Number.isSafeInteger(epoch) || (epoch as number) < 1 || (epoch as number) > MAX_EPOCH) return undefined;
  if (!Array.isArray(of) || of.length < 2 || of.length > MAX_MEMBERS || !of.every(isParticipantId)) return undefined;
  return isText(value, 43) && BYTES_32.test(value) ? { what, scope, epoch: epoch as number, of, value } : undefined;
}

/** What two engines tell each other of this beside everything else, and what each knows of the other's key. */
export interface Backchannel {
  /** As on the wire. */
  readonly room: string;
  /** `fp` is the SHA-256 of one's certificate, base64url; `vouch` the one that one sends. */
  readonly self: { readonly id: string; readonly fp: string; readonly vouch?: string | undefined };
  /** Of the certificate that the connection to them really uses. `undefined` for who is not connected, or cannot take part. */
  keyOf(id: string): { readonly fp: string; readonly vouch?: string | undefined } | undefined;
  tell(id: string, args: readonly unknown[]): void;
}
