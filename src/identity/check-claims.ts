/** Whether a vouch whose signature holds is about this participant, here and now. Pure. */
import { VOUCH_AUDIENCE } from '../protocol/vouch.ts';
import type { VouchClaims } from '../protocol/vouch.ts';

export type ClaimProblem =
  | 'vouch-audience' | 'vouch-issuer' | 'vouch-room' | 'vouch-participant' | 'vouch-subject' | 'vouch-fingerprint'
  | 'vouch-early' | 'vouch-expired';

export interface ExpectedClaims {
  readonly room: string;
  readonly pid: string;
  readonly iss: string | undefined;
  /** What was said of this participant before: a renewal says the same of the same key. */
  readonly before?: Pick<VouchClaims, 'iss' | 'sub' | 'fp'> | undefined;
  /** The key it is pinned to. */
  readonly fp?: string | undefined;
}

/** How far clocks may be apart once the offset is known, in seconds. */
const TOLERANCE_S = 60;

export function claimProblem(claims: VouchClaims, expected: ExpectedClaims, nowS: number): ClaimProblem | undefined {
  const { room, pid, iss, before, fp = before?.fp } = expected;
  if (claims.aud !== VOUCH_AUDIENCE) return 'vouch-audience';
  if (iss !== undefined && claims.iss !== iss) return 'vouch-issuer';
  if (claims.room !== room) return 'vouch-room';
  if (claims.pid !== pid) return 'vouch-participant';
  if (before && (claims.iss !== before.iss || claims.sub !== before.sub)) return 'vouch-subject';
  if (fp !== undefined && claims.fp !== fp) return 'vouch-fingerprint';
  if (Math.max(claims.iat, claims.nbf) > nowS + TOLERANCE_S) return 'vouch-early';
  return isExpired(claims, nowS) ? 'vouch-expired' : undefined;
}

export function isExpired({ exp }: Pick<VouchClaims, 'exp'>, nowS: number): boolean {
  return exp <= nowS - TOLERANCE_S;
}
