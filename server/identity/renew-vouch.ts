import { MAX_SEALED_VOUCH_CHARS } from '../../src/protocol/limits.ts';
import { isPlainObject, isText, own } from '../../src/protocol/primitives.ts';
import type { Ack } from '../../src/protocol/wire.ts';
import type { Membership } from '../membership.ts';
import type { LiveMember } from '../rooms/rooms.ts';
import { refuse, type Identity } from '../types.ts';
import type { RelayIssuer } from './relay-issuer.ts';

/**
 * A newer vouch during the call: theirs, or, where none is given, one that the relay signs. It stands in the roster from now on,
 * and the others hear of it by `user-connected`.
 */
export async function renewVouch(
  { membership, issuer }: { membership: Membership; issuer: RelayIssuer | undefined },
  member: LiveMember, identity: Identity, body: unknown,
): Promise<Ack<{ value?: string }>> {
  const given = isPlainObject(body) ? own(body, 'vouch') : null;
  if (given !== undefined && !isText(given, MAX_SEALED_VOUCH_CHARS, 1)) {
    return refuse('invalid-message', 'A renewal is {vouch?}.');
  }
  const vouch = given ?? issuer?.vouchFor(member.roomId, member.announcement, identity);
  if (vouch === undefined) return refuse('vouch-unavailable', 'This relay signs no vouch for this participant.');
  try {
    await membership.rooms.revise({ ...member, announcement: { ...member.announcement, vouch } });
    return { ok: true, ...(given === undefined && { value: vouch }) };
  } catch (error) {
    return { ok: false, error: membership.unavailable(error) };
  }
}
