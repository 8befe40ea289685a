/** What a page says of vouches, and what it is told: types only. */
import type { ParticipantId, RoomId } from '../protocol/wire.ts';
import type { RoomError } from '../shared/errors.ts';

/** What `getVouch` hands to the app's own backend, which asks its issuer (`createIssuer` of `rtc-elements/server`). */
export interface VouchRequest {
  readonly room: RoomId;
  readonly participant: ParticipantId;
  /** SHA-256 of this join's certificate, base64url. */
  readonly fp: string;
  /** What `token` or `getToken` gives. */
  readonly token: string | undefined;
  /** Ends when it takes too long. */
  readonly signal: AbortSignal;
}

/** A JSON Web Key Set (RFC 7517 section 5) with P-256 keys, each with its `kid`. */
export interface VouchKeySet { readonly keys: readonly object[] }

export interface VouchOptions {
  /** Asks the app's backend for a vouch. Without it, a relay that is an issuer signs one within the join. */
  getVouch?(request: VouchRequest): string | undefined | Promise<string | undefined>;
  /** The issuer's public keys, or the URL where the page finds them. Keys from the relay only restate the relay's word. */
  vouchKeys?: string | VouchKeySet;
  /** The `iss` that vouches must have. @default whatever a key of `vouchKeys` has signed */
  vouchIssuer?: string;
  /** No connection to anyone without a valid vouch. */
  requireVouch?: boolean;
}

/** What an issuer says of a participant, whose connection has proved to hold the key it was said of. */
export interface Vouched {
  readonly issuer: string;
  /** The issuer is the relay itself: it is as good as the relay. */
  readonly byRelay: boolean;
  readonly sub: string;
  readonly name?: string;
  readonly roles?: readonly string[];
}

/** What vouches need of a join. */
export interface VouchesParts {
  readonly options: VouchOptions;
  readonly room: RoomId;
  /** The relay's URL. */
  readonly server: string;
  getToken: (() => string | undefined | Promise<string | undefined>) | undefined;
  /** Hands the room a renewal; without one, asks the relay to sign it. @returns what it signed */
  renew(vouch: string | undefined): Promise<unknown>;
  tell(fact: { type: 'error'; error: RoomError }): void;
  readonly scope: AbortSignal;
}
