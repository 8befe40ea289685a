/**
 * Frames of the control channel and of named channels (docs/wire.md): `{"e": name, "d": [args…]}`. The names with the
 * protocol's prefix are ours; an rtc.io client drops them unheard.
 */
import * as limits from './limits.ts';
import { parseJson, stringify } from './json.ts';
import { isPlainObject, isText } from './primitives.ts';
import { INTERNAL_PREFIX } from './reserved.ts';

export const CONTROL_LABEL = 'rtcio:ctrl';

export interface Envelope { e: string; d: unknown[] }

export const HELLO = `${INTERNAL_PREFIX}hello`;
export const HEARTBEAT = `${INTERNAL_PREFIX}heartbeat`;
export const GOODBYE = `${INTERNAL_PREFIX}goodbye`;
export const TRACKS = `${INTERNAL_PREFIX}tracks`;
export const CHANNEL = `${INTERNAL_PREFIX}channel`;
export const REQUEST = `${INTERNAL_PREFIX}request`;
export const REPLY = `${INTERNAL_PREFIX}reply`;
export const VERIFY = `${INTERNAL_PREFIX}verify`;

const UNCOUNTED = new RegExp(`^\\{"e":"${INTERNAL_PREFIX}(?!request"|reply")`);

/**
 * Whether a text frame is among those that are counted and delivered exactly once: all but the engine's own words, which are
 * said anew on every pc. Both ends ask it of the same text, so that they cannot count differently.
 */
export function isCounted(frame: string): boolean {
  return !UNCOUNTED.test(frame);
}

/** @throws RoomError `unserializable`. */
export function encodeEnvelope(e: string, d: readonly unknown[]): string {
  return stringify({ e, d });
}

/** A text frame -> an envelope, or `undefined`. */
export function parseEnvelope(frame: unknown): Envelope | undefined {
  return isText(frame, limits.MAX_CONTROL_CHARS, 2) ? envelopeOf(parseJson(frame)) : undefined;
}

/** A text frame between our engines, in which several may stand as a list -> each of them, or `undefined` in its place. */
export function parseEnvelopes(frame: string, maxChars = limits.MAX_CONTROL_CHARS): (Envelope | undefined)[] {
  const value = isText(frame, maxChars, 2) ? parseJson(frame) : undefined;
  return Array.isArray(value) && value.length > 0 ? value.map(envelopeOf) : [envelopeOf(value)];
}

/** JSON -> an envelope, or `undefined`. */
export function envelopeOf(value: unknown): Envelope | undefined {
  if (!isPlainObject(value) || !isText(value['e'], limits.MAX_EVENT_NAME_CHARS, 1)) return undefined;
  const d = value['d'] ?? [];
  return Array.isArray(d) ? { e: value['e'], d } : undefined;
}

/** What a receiver accepts; the sender paces itself to it. Rates are sustained values, bursts what may come at once. */
export interface ReceiveLimits {
  /** Characters of one control frame. */
  frameChars: number;
  /** An event costs one, a large one as many as it has KiB: so this bounds bytes too. */
  eventsPerSecond: number;
  eventsBurst: number;
  /** Bytes of one event, or of one message of a channel, that is packed. */
  eventBytes: number;
}

/** How far an exchange of counted frames has come, over all pcs so far. */
export interface Progress {
  /** The sender's end of the exchange. */
  id: string;
  /** The receiver's end that `got` counts; empty before the first hello of theirs. */
  of: string;
  /** Counted frames that have come from there. */
  got: number;
}

/** The first envelope both ways (identity, common base). Each side compares all of it with its own view. */
export interface Hello {
  v: number;
  features: string[];
  limits: ReceiveLimits;
  room: string;
  from: string;
  to: string;
  fpFrom: string;
  fpTo: string;
  /** SHA-256 (base64url) of the compact vouch sent by `from`, and of the one held for `to`; empty if none. */
  vouchFrom: string;
  vouchTo: string;
  /** Who says it counts, and takes up after a rebuilt pc where the last one ended. */
  progress?: Progress;
}

/** Who states less may drop what is over it, but cannot make a sender fall silent; who states more gains nothing. */
const LEAST: ReceiveLimits = { frameChars: 16_384, eventsPerSecond: 100, eventsBurst: 200, eventBytes: 65_536 };
const MOST = 2 ** 30;
const HELLO_TEXTS = ['room', 'from', 'to', 'fpFrom', 'fpTo', 'vouchFrom', 'vouchTo'] as const;

/** The most features that are looked at. */
const MAX_FEATURES = 32;

export function parseHello([value]: readonly unknown[]): Hello | undefined {
  if (!isPlainObject(value) || !Number.isSafeInteger(value['v'])) return undefined;
  if (!HELLO_TEXTS.every((key) => isText(value[key], 128))) return undefined;
  const stated = isPlainObject(value['limits']) ? value['limits'] : {};
  const isNumber = (number: unknown) => typeof number === 'number' && !Number.isNaN(number);
  const limits = Object.entries(LEAST as unknown as Record<string, number>)
    .map(([key, least]) => [key, Math.min(Math.max(isNumber(stated[key]) ? stated[key] as number : 0, least), MOST)]);
  const progress = parseProgress(value['progress']);
  return {
    v: value['v'] as number,
    features: parseFeatures(value['features']), limits: Object.fromEntries(limits) as ReceiveLimits,
    ...(Object.fromEntries(HELLO_TEXTS.map((key) => [key, value[key]])) as Record<(typeof HELLO_TEXTS)[number], string>),
    ...(progress && { progress }),
  };
}

/** Frames received, as the far end says: a whole number, or `undefined`. */
export function parseCount(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? value as number : undefined;
}

function parseFeatures(value: unknown): string[] {
  return Array.isArray(value) ? value.slice(0, MAX_FEATURES).filter((feature): feature is string => isText(feature, 64, 1)) : [];
}

function parseProgress(value: unknown): Progress | undefined {
  if (!isPlainObject(value)) return undefined;
  const { id, of } = value;
  const got = parseCount(value['got']);
  return isText(id, 64, 1) && isText(of, 64) && got !== undefined ? { id, of, got } : undefined;
}

/** One m-line of mine and what it shows. The whole list travels each time: an announcement is a state, not a change. */
export interface TrackAnnouncement {
  /** The m-line's `mid`: the one name for it that both ends share (RFC 8829 section 5.2.1). */
  mid: string;
  /** `camera`, `microphone`, `screen`, or an app's word. */
  source: string;
  /** False while the source is switched off: the m-line stays, nothing is sent on it. */
  live: boolean;
  /** What the publisher says of it; JSON. */
  metadata?: unknown;
}

export function parseTracks(args: readonly unknown[], max = limits.MAX_SDP_MEDIA_SECTIONS): TrackAnnouncement[] | undefined {
  const [list] = args;
  if (!Array.isArray(list) || list.length > max) return undefined;
  const tracks: TrackAnnouncement[] = [];
  const mids = new Set<string>();
  for (const item of list as unknown[]) {
    if (!isPlainObject(item) || !isText(item['mid'], 64, 1) || mids.has(item['mid'])) return undefined;
    if (!isText(item['source'], limits.MAX_SOURCE_CHARS, 1) || !isMetadata(item['metadata'])) return undefined;
    mids.add(item['mid']);
    tracks.push({
      mid: item['mid'], source: item['source'], live: item['live'] === true,
      ...(item['metadata'] !== undefined && { metadata: item['metadata'] }),
    });
  }
  return tracks;
}

function isMetadata(value: unknown): boolean {
  return value === undefined || JSON.stringify(value).length <= limits.MAX_METADATA_CHARS;
}
