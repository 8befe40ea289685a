import { parseRoles } from '../../src/protocol/parse-moderation.ts';
import { cleanName, isPlainObject, isRoomId, isText, own, type Plain } from '../../src/protocol/primitives.ts';
import type { Identity } from '../types.ts';

const MAX_SUB_CHARS = 255;

/** How each field is read; `undefined` for one that is malformed. */
const FIELDS: { readonly [Key in keyof Omit<Required<Identity>, 'tokenHash'>]: (value: unknown) => Identity[Key] } = {
  sub: (value) => isText(value, MAX_SUB_CHARS, 1) ? value : undefined,
  name: (value) => typeof value === 'string' ? cleanName(value) : undefined,
  roles: (value) => Object.freeze(parseRoles(value)),
  rooms: (value) => Array.isArray(value) && value.every(isRoomId) ? Object.freeze([...value]) : undefined,
  expiresAt: (value) => typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined,
};

/**
 * What a hook or a token says of someone -> an identity, copied field by field. A field that is there and malformed is never
 * left out: an identity whose `rooms` cannot be read would be one for all rooms.
 * @returns the name of the first malformed field.
 */
export function toIdentity(said: unknown): Identity | keyof Identity | 'identity' {
  if (!isPlainObject(said)) return 'identity';
  const identity: Record<string, unknown> = {};
  for (const [key, read] of Object.entries(FIELDS)) {
    const value = own(said, key);
    if (value === undefined) continue;
    const valid = read(value);
    if (valid === undefined) return key as keyof Identity;
    if (valid !== '') identity[key] = valid;
  }
  return Object.freeze(identity);
}

/**
 * Claims of a token (RFC 7519 section 4) -> an identity. No other claim is looked at.
 * @returns the name of the first claim that is malformed, or is there in the singular and the plural.
 */
export function claimsToIdentity(claims: Plain): Identity | string {
  const [sub, name, role, roles, room, rooms, exp] =
    ['sub', 'name', 'role', 'roles', 'room', 'rooms', 'exp'].map((claim) => own(claims, claim));
  if (role !== undefined && roles !== undefined) return 'role';
  if (room !== undefined && rooms !== undefined) return 'room';
  return toIdentity({
    sub, name,
    roles: role === undefined ? roles : [role],
    rooms: room === undefined ? rooms : [room],
    expiresAt: typeof exp === 'number' ? Math.floor(exp * 1000) : exp,
  });
}
