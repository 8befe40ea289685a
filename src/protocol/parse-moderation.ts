/** What hosts ask and what the relay tells of a room, `unknown` -> typed, or `undefined`. */
import { MAX_ROLES, MAX_ROLE_CHARS, MAX_SOURCE_CHARS, MAX_TOKEN_CHARS } from './limits.ts';
import { cleanName, isParticipantId, isPlainObject, isText, own } from './primitives.ts';
import type { HostAction, Knock, RoomFacts } from './wire.ts';

export function parseHostAction(body: unknown): HostAction | undefined {
  if (!isPlainObject(body)) return undefined;
  const action = own(body, 'action');
  const target = own(body, 'target');
  const source = own(body, 'source');
  switch (action) {
    case 'lock': case 'unlock': case 'end': return { action };
    case 'admit': case 'refuse': case 'remove': return isParticipantId(target) ? { action, target } : undefined;
    case 'mute': return isParticipantId(target) && isText(source, MAX_SOURCE_CHARS, 1) ? { action, target, source } : undefined;
    default: return undefined;
  }
}

export function parseRenewal(body: unknown): { token: string } | undefined {
  const token = isPlainObject(body) ? own(body, 'token') : undefined;
  return isText(token, MAX_TOKEN_CHARS, 1) ? { token } : undefined;
}

export function parseKnock(body: unknown): Knock | undefined {
  if (!isPlainObject(body)) return undefined;
  const id = own(body, 'id');
  const name = own(body, 'name');
  return isParticipantId(id) ? { id, ...(isText(name, 1024) && { name: cleanName(name) }) } : undefined;
}

export function parseRoomFacts(body: unknown): RoomFacts | undefined {
  return isPlainObject(body) ? { locked: own(body, 'locked') === true } : undefined;
}

export function parseMuteRequest(body: unknown): { by: string; source: string } | undefined {
  if (!isPlainObject(body)) return undefined;
  const by = own(body, 'by');
  const source = own(body, 'source');
  return isParticipantId(by) && isText(source, MAX_SOURCE_CHARS, 1) ? { by, source } : undefined;
}

export function parseRoles(value: unknown): string[] | undefined {
  if (!Array.isArray(value) || value.length > MAX_ROLES) return undefined;
  const roles: unknown[] = value;
  return roles.every((role): role is string => isText(role, MAX_ROLE_CHARS, 1)) ? roles : undefined;
}
