/**
 * `unknown` -> typed, or `undefined`. Everything is copied field by field into fresh objects: what a stranger added, nested
 * or named `__proto__` stays behind.
 */
import * as limits from './limits.ts';
import { INTERNAL_PREFIX } from './reserved.ts';
import type {
  Announcement, CandidateSignal, DescriptionSignal, IceConfiguration, IceServer, Joined, JoinRequest, NegotiationSignal, Signal,
  StreamAnswerSignal,
} from './wire.ts';

type Plain = Readonly<Record<string, unknown>>;

export function isPlainObject(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
    && !(value instanceof ArrayBuffer);
}

export function isText(value: unknown, maxChars: number, minChars = 0): value is string {
  return typeof value === 'string' && value.length >= minChars && value.length <= maxChars;
}

/** An own property only: `{}` has no `constructor` here. */
function own(object: Plain, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * Display names as everyone shows them: NFC, single spaces, none of the characters that are invisible, that reorder text or
 * that fill a line with nothing. The joiners stay: Persian and emoji need them.
 */
export function cleanName(name: string): string {
  // Twice, because the cut may leave half a character or a space at the end.
  return tidy(tidy(name.normalize('NFC')).slice(0, limits.MAX_NAME_CHARS));
}

function tidy(name: string): string {
  return name.replace(/(?:(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u115F\u1160\u3164\uFFA0\s])+/gu, ' ').trim();
}

export function isParticipantId(value: unknown): value is string {
  return typeof value === 'string' && limits.PARTICIPANT_ID_PATTERN.test(value);
}

export function isRoomId(value: unknown): value is string {
  return typeof value === 'string' && limits.ROOM_ID_PATTERN.test(value);
}

/** The fields of a join that the relay copies to others, and what each may be. */
const PRESENTED: Readonly<Record<keyof Omit<Announcement, 'id' | 'resumed'>, (value: unknown) => boolean>> = {
  name: (value) => isText(value, 4 * limits.MAX_NAME_CHARS),
  engine: (value) => isPlainObject(value) && Number.isSafeInteger(value['v']) && (value['v'] as number) > 0,
  fp: (value) => typeof value === 'string' && /^[A-Za-z0-9_-]{43}$/.test(value),
  vouch: (value) => isText(value, limits.MAX_VOUCH_CHARS),
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
  return { id, ...presented, ...(own(body, 'resumed') === true && { resumed: true }) };
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

function parseDescription(value: unknown): DescriptionSignal | undefined {
  if (!isPlainObject(value)) return undefined;
  const type = own(value, 'type');
  const sdp = own(value, 'sdp');
  if ((type !== 'offer' && type !== 'answer') || !isText(sdp, limits.MAX_SDP_CHARS, 1)) return undefined;
  return { description: { type, sdp } };
}

function parseCandidate(value: unknown): CandidateSignal | undefined {
  if (!isPlainObject(value)) return undefined;
  const candidate = own(value, 'candidate');
  const sdpMid = own(value, 'sdpMid') ?? null;
  const sdpMLineIndex = own(value, 'sdpMLineIndex') ?? null;
  const usernameFragment = own(value, 'usernameFragment') ?? null;
  if (!isText(candidate, limits.MAX_CANDIDATE_CHARS)) return undefined;
  if (sdpMid !== null && !isText(sdpMid, 64)) return undefined;
  if (sdpMLineIndex !== null && !(Number.isInteger(sdpMLineIndex) && (sdpMLineIndex as number) >= 0
    && (sdpMLineIndex as number) < 65_536)) return undefined;
  if (usernameFragment !== null && !isText(usernameFragment, 256)) return undefined;
  return { candidate: { candidate, sdpMid, sdpMLineIndex: sdpMLineIndex as number | null, usernameFragment } };
}

function parseStreamAnswer(mid: string, value: unknown): StreamAnswerSignal | undefined {
  if (!isPlainObject(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.length > limits.MAX_STREAM_EVENTS) return undefined;
  const events: Record<string, unknown[]> = Object.create(null) as Record<string, unknown[]>;
  for (const [name, args] of entries) {
    if (!isText(name, limits.MAX_EVENT_NAME_CHARS, 1) || !Array.isArray(args)) return undefined;
    events[name] = args;
  }
  return { mid, events };
}

/** The keys of an object, in order: which of the shapes it claims to be. A `data` that is two of them at once is none of them. */
function shapeOf(data: Plain): string {
  return Object.keys(data).sort().join();
}

/** What our engine takes up. */
function parseNegotiation(data: unknown): NegotiationSignal | undefined {
  if (!isPlainObject(data)) return undefined;
  switch (shapeOf(data)) {
    case 'description': return parseDescription(own(data, 'description'));
    case 'candidate': return parseCandidate(own(data, 'candidate'));
    default: return undefined;
  }
}

/** Exactly one of the shapes that the relay carries. */
export function parseSignal(data: unknown): Signal | undefined {
  if (!isPlainObject(data)) return undefined;
  const keys = shapeOf(data);
  switch (keys) {
    case 'sealed': {
      const sealed = own(data, 'sealed');
      return isText(sealed, limits.MAX_SEALED_CHARS, 1) && /^[A-Za-z0-9_-]+$/.test(sealed) ? { sealed } : undefined;
    }
    case 'mid': case 'events,mid': {
      const mid = own(data, 'mid');
      if (!isText(mid, limits.MAX_STREAM_ID_CHARS, 1)) return undefined;
      return keys === 'mid' ? { mid } : parseStreamAnswer(mid, own(data, 'events'));
    }
    default: return parseNegotiation(data);
  }
}

/** What a client sends: `source` is not even looked at. */
export function parseOutgoingEnvelope(body: unknown): { target: string; data: Signal } | undefined {
  if (!isPlainObject(body)) return undefined;
  const target = own(body, 'target');
  const data = parseSignal(own(body, 'data'));
  return isParticipantId(target) && data ? { target, data } : undefined;
}

/** What the relay delivers and our engine takes up. (Streams of rtc.io clients are not among it yet.) */
export function parseIncomingEnvelope(body: unknown): { source: string; data: NegotiationSignal } | undefined {
  if (!isPlainObject(body)) return undefined;
  const source = own(body, 'source');
  const data = parseNegotiation(own(body, 'data'));
  return isParticipantId(source) && data ? { source, data } : undefined;
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
  return {
    iceServers: parseList(own(plain, 'iceServers'), 16, parseIceServer),
    ...(isPort(stunPort) && { stunPort }),
    ...(typeof expiresAt === 'number' && Number.isFinite(expiresAt) && { expiresAt }),
  };
}

export function parseJoined(body: unknown): Joined | undefined {
  if (!isPlainObject(body)) return undefined;
  const id = own(body, 'id');
  const resume = own(body, 'resume');
  if (!isParticipantId(id)) return undefined;
  return {
    id,
    ...(isText(resume, limits.MAX_RESUME_CHARS, 1) && { resume }),
    ...parseIceConfiguration(body),
    participants: parseList(own(body, 'participants'), 1024, parseAnnouncement),
  };
}

/** The name of an application event: not empty, not long, not the protocol's. */
export function isEventName(value: unknown): value is string {
  return isText(value, limits.MAX_EVENT_NAME_CHARS, 1) && !value.startsWith(INTERNAL_PREFIX);
}
