/** Envelopes and what they carry, `unknown` -> typed, or `undefined`. */
import * as limits from './limits.ts';
import { isParticipantId, isPlainObject, isText, own, type Plain } from './primitives.ts';
import type { CandidateSignal, DescriptionSignal, PeerSignal, Signal, StreamAnswerSignal } from './wire.ts';

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
function parsePeerSignal(data: unknown): PeerSignal | undefined {
  if (!isPlainObject(data)) return undefined;
  const shape = shapeOf(data);
  switch (shape) {
    case 'description': return parseDescription(own(data, 'description'));
    case 'candidate': return parseCandidate(own(data, 'candidate'));
    case 'mid': case 'events,mid': {
      const mid = own(data, 'mid');
      if (!isText(mid, limits.MAX_STREAM_ID_CHARS, 1)) return undefined;
      return shape === 'mid' ? { mid } : parseStreamAnswer(mid, own(data, 'events'));
    }
    default: return undefined;
  }
}

/** Exactly one of the shapes that the relay carries. */
export function parseSignal(data: unknown): Signal | undefined {
  if (!isPlainObject(data) || shapeOf(data) !== 'sealed') return parsePeerSignal(data);
  const sealed = own(data, 'sealed');
  return isText(sealed, limits.MAX_SEALED_CHARS, 1) && /^[A-Za-z0-9_-]+$/.test(sealed) ? { sealed } : undefined;
}

/** What a client sends: `source` is not even looked at. */
export function parseOutgoingEnvelope(body: unknown): { target: string; data: Signal } | undefined {
  if (!isPlainObject(body)) return undefined;
  const target = own(body, 'target');
  const data = parseSignal(own(body, 'data'));
  return isParticipantId(target) && data ? { target, data } : undefined;
}

/** What the relay delivers. */
export function parseIncomingEnvelope(body: unknown): { source: string; data: Signal } | undefined {
  if (!isPlainObject(body)) return undefined;
  const source = own(body, 'source');
  const data = parseSignal(own(body, 'data'));
  return isParticipantId(source) && data ? { source, data } : undefined;
}
