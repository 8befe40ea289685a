import { parseVouch } from '../protocol/vouch.ts';
import { RoomError } from '../shared/errors.ts';
import { claimProblem } from './check-claims.ts';
import type { VouchClaims } from '../protocol/vouch.ts';
import type { ClaimProblem, ExpectedClaims } from './check-claims.ts';
import type { VouchKeys } from './vouch-keys.ts';

const HINTS: Readonly<Record<ClaimProblem, string>> = {
  'vouch-audience': 'it was not made for calls.',
  'vouch-issuer': 'another issuer than the page expects.',
  'vouch-room': 'it is for another room.',
  'vouch-participant': 'it is for another participant.',
  'vouch-subject': 'the renewal names somebody else.',
  'vouch-fingerprint': 'it is for another key.',
  'vouch-early': 'it does not hold yet.',
  'vouch-expired': 'it has ended.',
};

/**
 * The claims of a vouch, once everything about it was found right.
 * @param nowS asked for what it says: one's own clock is set by one's own vouch
 * @throws RoomError with what is wrong: `vouch-malformed`, `vouch-signature`, …
 */
export async function examineVouch(
  compact: string, expected: ExpectedClaims, keys: VouchKeys | undefined, nowS: (claims: VouchClaims) => number,
): Promise<VouchClaims> {
  const refuse = (code: 'vouch-malformed' | ClaimProblem, hint: string) => new RoomError(code, `Participant ${expected.pid}: ${hint}`);
  const parsed = parseVouch(compact);
  if (!parsed) throw refuse('vouch-malformed', 'what came is no vouch.');
  await keys?.verify(compact);
  const { claims } = parsed;
  const problem = claimProblem(claims, expected, nowS(claims));
  if (problem) throw refuse(problem, HINTS[problem]);
  return claims;
}
