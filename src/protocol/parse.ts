/**
 * `unknown` -> typed, or `undefined`. Everything is copied field by field into fresh objects: what a stranger added, nested
 * or named `__proto__` stays behind.
 */
import * as limits from './limits.ts';
import { parseKnock, parseRoles } from './parse-moderation.ts';
import { cleanName, isParticipantId, isPlainObject, isRoomId, isText, own, type Plain } from './primitives.ts';
import type { Announcement, IceConfiguration, IceServer, Joined, JoinRequest } from './wire.ts';

/** The fields of a join that the relay copies to others, and what each may be. */
const PRESENTED: Readonly<Record<keyof Omit<Announcement, 'id' | 'roles' | 'resumed'>, (value: unknown) => boolean>> = {
  name: (value) => isText(value, 4 * limits.MAX_NAME_CHARS),
  engine: (value) => isPlainObject(value) && Number.isSafeInteger(value['v']) && (value['v'] as number) > 0,
  fp: (value) => typeof value === 'string' && /^[A-Za-z0-9_-]{43}$/.test(value),
  vouch: (value) => isText(value, limits.MAX_SEALED_VOUCH_CHARS),
  presence: (value) => isText(value, limits.MAX_PRESENCE_CHARS),
};

/** @returns `undefined` if one of the fields is malformed. */
function parsePresented(body: Plain): Omit<Announcement, 'id'> | undefined {
  const out: Record<string, unknown> = {};
  for (const [key, isValid] of Object.entries(PRESENTED)) {
    const value = own(body, key) ?? undefined;
    if (value === undefined) continue;
    if (!isValid(value)) return undefined;
    out[key] = value;
  }
  const { name, engine } = out as Omit<Announcement, 'id'>;
  return { ...out, ...(name !== undefined && { name: cleanName(name) }), ...(engine && { engine: { v: engine.v } }) };
}

export type JoinProblem = 'invalid-room' | 'invalid-message';

export function parseJoinRequest(body: unknown): JoinRequest | JoinProblem {
  if (!isPlainObject(body)) return 'invalid-message';
  const roomId = own(body, 'roomId');
  if (!isRoomId(roomId)) return 'invalid-room';
  const presented = parsePresented(body);
  const resume = own(body, 'resume');
  if (!presented || (resume !== undefined && !isText(resume, limits.MAX_RESUME_CHARS))) return 'invalid-message';
  return { roomId, ...presented, ...(resume !== undefined && { resume }) };
}

export function parseLeaveRequest(body: unknown): { roomId: string } | undefined {
  const roomId = isPlainObject(body) ? own(body, 'roomId') : undefined;
  return isRoomId(roomId) ? { roomId } : undefined;
}

export function parseAnnouncement(body: unknown): Announcement | undefined {
  if (!isPlainObject(body)) return undefined;
  const id = own(body, 'id');
  const presented = parsePresented(body);
  if (!isParticipantId(id) || !presented) return undefined;
  const roles = parseRoles(own(body, 'roles'));
  return { id, ...presented, ...(roles && { roles }), ...(own(body, 'resumed') === true && { resumed: true }) };
}

export function parseSource(body: unknown, key: 'id' | 'source' = 'id'): string | undefined {
  const id = isPlainObject(body) ? own(body, key) : undefined;
  return isParticipantId(id) ? id : undefined;
}

/** `reason` is only a hint, of a vocabulary that may grow. */
export function parsePeerLeft(body: unknown): { id: string; reason: string | undefined } | undefined {
  const id = parseSource(body);
  const reason = isPlainObject(body) ? own(body, 'reason') : undefined;
  return id === undefined ? undefined : { id, reason: isText(reason, 64) ? reason : undefined };
}

function parseIceServer(value: unknown): IceServer | undefined {
  if (!isPlainObject(value)) return undefined;
  const urls = own(value, 'urls');
  const list: unknown[] = Array.isArray(urls) ? urls : [urls];
  if (list.length === 0 || !list.every((url): url is string => isText(url, 512) && /^(stun|turn)s?:/.test(url))) return undefined;
  const username = own(value, 'username');
  const credential = own(value, 'credential');
  return {
    urls: list,
    ...(isText(username, 1024) && { username }),
    ...(isText(credential, 1024) && { credential }),
  };
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) < 65_536;
}

/** Unknown entries of a list are left out rather than refused: a newer relay may know more kinds. */
function parseList<T>(value: unknown, max: number, parse: (item: unknown) => T | undefined): T[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, max).map(parse).filter((item) => item !== undefined);
}

export function parseIceConfiguration(body: unknown): IceConfiguration {
  const plain = isPlainObject(body) ? body : {};
  const stunPort = own(plain, 'stunPort');
  const expiresAt = own(plain, 'expiresAt');
  const expiresInMs = own(plain, 'expiresInMs');
  return {
    iceServers: parseList(own(plain, 'iceServers'), 16, parseIceServer),
    ...(isPort(stunPort) && { stunPort }),
    ...(typeof expiresAt === 'number' && Number.isFinite(expiresAt) && { expiresAt }),
    ...(typeof expiresInMs === 'number' && expiresInMs >= 0 && { expiresInMs }),
  };
}

export function parseJoined(body: unknown): Joined | undefined {
  if (!isPlainObject(body)) return undefined;
  const id = own(body, 'id');
  const [resume, name, tokenExpiresAt, vouch] = ['resume', 'name', 'tokenExpiresAt', 'vouch'].map((key) => own(body, key));
  const roles = parseRoles(own(body, 'roles'));
  const knocks = own(body, 'knocks');
  if (!isParticipantId(id)) return undefined;
  return {
    id,
    ...(isText(name, 4 * limits.MAX_NAME_CHARS) && { name: cleanName(name) }),
    ...(roles && { roles }),
    ...(typeof tokenExpiresAt === 'number' && Number.isFinite(tokenExpiresAt) && { tokenExpiresAt }),
    ...(own(body, 'locked') === true && { locked: true }),
    ...(knocks !== undefined && { knocks: parseList(knocks, 1024, parseKnock) }),
    ...(isText(resume, limits.MAX_RESUME_CHARS, 1) && { resume }),
    ...(isText(vouch, limits.MAX_VOUCH_CHARS, 1) && { vouch }),
    ...parseIceConfiguration(body),
    participants: parseList(own(body, 'participants'), 1024, parseAnnouncement),
  };
}
