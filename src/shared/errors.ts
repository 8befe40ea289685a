/**
 * Every code a `RoomError` can carry. Codes are stable: they are added, never changed or reused.
 * docs/errors.md says what each one means to a person and to a developer.
 */
export type ErrorCode =
  // The environment
  | 'insecure-context' | 'unsupported' | 'permissions-policy' | 'load-failed'
  // Devices
  | 'permission-denied' | 'device-missing' | 'device-busy' | 'device-failed'
  // Reaching the relay
  | 'no-server' | 'relay-unreachable' | 'origin-refused' | 'unauthorized' | 'relay-closed' | 'resume-refused'
  | 'token-expired' | 'banned' | 'wrong-relay' | 'relay-draining' | 'relay-unavailable'
  // Joining
  | 'invalid-room' | 'room-full' | 'already-joined' | 'not-joined' | 'join-timeout'
  | 'forbidden' | 'room-locked' | 'knock-refused' | 'removed' | 'room-ended'
  // Asking the relay
  | 'invalid-message' | 'too-large' | 'unknown-target' | 'unknown-event' | 'reserved-event' | 'rate-limited'
  | 'too-many-sockets' | 'handler-failed' | 'replaced'
  // Peers
  | 'no-path' | 'turn-refused' | 'identity-mismatch' | 'hello-missing' | 'hello-mismatch' | 'hello-unexpected'
  | 'peer-misbehaved'
  // Identity
  | 'verification-mismatch'
  | 'vouch-missing' | 'vouch-malformed' | 'vouch-key-unknown' | 'vouch-keys-unavailable' | 'vouch-signature' | 'vouch-audience'
  | 'vouch-issuer' | 'vouch-room' | 'vouch-participant' | 'vouch-subject' | 'vouch-fingerprint' | 'vouch-early' | 'vouch-expired'
  | 'vouch-unavailable'
  | 'invalid-link-secret' | 'link-missing'
  // Talking to participants
  | 'unknown-participant' | 'reserved-name' | 'queue-full' | 'message-too-large' | 'undelivered' | 'channel-closed'
  | 'channel-exists' | 'channel-collision' | 'unserializable' | 'request-timeout' | 'request-failed'
  | 'no-handler' | 'invalid-payload' | 'source-taken' | 'internal'
  // Streams and files
  | 'stream-cancelled'
  | 'file-refused' | 'file-cancelled' | 'file-too-large' | 'file-corrupt' | 'file-expired' | 'file-unreadable'
  | 'file-unwritable';

/** The only error type the engine rejects with or reports; `TypeError` is for wrong arguments, `AbortError` for cancellation. */
export class RoomError extends Error {
  override readonly name = 'RoomError';
  readonly code: ErrorCode;
  /** One sentence for the developer: what to look at. The person's sentence comes from the elements' catalogue, by `code`. */
  readonly hint: string;

  constructor(code: ErrorCode, hint: string, options?: { cause?: unknown }) {
    super(`${code}: ${hint}`, options);
    this.code = code;
    this.hint = hint;
  }
}

/** What was caught, as the one error type. Cancellations are sorted out before. */
export function toRoomError(error: unknown): RoomError {
  if (error instanceof RoomError) return error;
  return new RoomError('internal', error instanceof Error ? error.message : String(error), { cause: error });
}
