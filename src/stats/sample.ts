import { judgeLink } from './link-quality.ts';
import type { LinkQuality } from './link-quality.ts';
import type { PathView, Reading, StreamReading } from './reading.ts';

/** One picture or sound of the time between two readings. */
export interface StreamStats {
  readonly direction: 'received' | 'sent';
  readonly kind: 'audio' | 'video';
  /** `camera`, `microphone` …; empty where it is not known which. */
  readonly source: string;
  readonly bitsPerSecond: number;
  /** Of the packets sent, 0 to 1. */
  readonly lossFraction: number;
  readonly framesPerSecond?: number;
  readonly jitterMs?: number;
  readonly width?: number;
  readonly height?: number;
  /** 0 to 1. */
  readonly audioLevel?: number;
  readonly codec?: string;
  readonly limitation?: 'bandwidth' | 'cpu' | 'other';
}

/** What goes on between this page and one participant. */
export interface StatsSample {
  readonly participant: string;
  /** Milliseconds that it is about: the time since the last one. */
  readonly periodMs: number;
  readonly roundTripMs?: number;
  /** Of all that is received, 0 to 1. */
  readonly lossFraction: number;
  /** The largest of what is received. */
  readonly jitterMs?: number;
  readonly receivedBitsPerSecond: number;
  readonly sentBitsPerSecond: number;
  readonly path?: PathView;
  readonly quality: LinkQuality;
  readonly streams: readonly StreamStats[];
}

/** So long a browser feels its way up to what the path carries (draft-ietf-rmcat-gcc-02), and calls that `bandwidth`. */
const START_MS = 15_000;

/** What a sample says besides the two readings. */
export interface SampleContext {
  readonly participant: string;
  readonly interrupted: boolean;
  /** MediaStreamTrack id -> source name. */
  sourceOf(trackId: string): string | undefined;
}

/**
 * Two readings -> the sample of the time between them. Pure. Counters that went back (another pc) count from zero.
 */
export function sampleBetween(before: Reading, after: Reading, context: SampleContext): StatsSample {
  const { participant, interrupted, sourceOf } = context;
  const periodMs = Math.max(1, after.atMs - before.atMs);
  const pairs = after.streams.map((stream) => {
    const known = before.streams.find(({ id, direction }) => id === stream.id && direction === stream.direction);
    return { stream, grown: growth(stream, known) };
  });
  const streams = pairs.map(({ stream, grown }): StreamStats => {
    const { direction, kind, trackId, jitterMs, width, height, audioLevel, codec, limitation } = stream;
    return Object.freeze({
      direction, kind, source: sourceOf(trackId) ?? '',
      bitsPerSecond: Math.round(grown.bytes * 8000 / periodMs), lossFraction: fraction([grown], direction),
      ...(kind === 'video' && { framesPerSecond: Math.round(grown.frames * 10_000 / periodMs) / 10 }),
      ...(jitterMs !== undefined && { jitterMs }), ...(width !== undefined && height !== undefined && { width, height }),
      ...(audioLevel !== undefined && { audioLevel }), ...(codec !== undefined && { codec }), ...(limitation && { limitation }),
    });
  });
  const of = (direction: 'received' | 'sent') => pairs.filter(({ stream }) => stream.direction === direction);
  const [received, sent] = [of('received'), of('sent')];
  const bits = (some: typeof pairs) => Math.round(some.reduce((sum, { grown }) => sum + grown.bytes, 0) * 8000 / periodMs);
  const jitters = received.flatMap(({ stream: { jitterMs } }) => jitterMs ?? []);
  const facts = {
    ...(after.roundTripMs !== undefined && { roundTripMs: after.roundTripMs }),
    lossFraction: fraction(received.map(({ grown }) => grown), 'received'),
    ...(jitters.length > 0 && { jitterMs: Math.max(...jitters) }),
  };
  return Object.freeze({
    participant, periodMs, ...facts, receivedBitsPerSecond: bits(received), sentBitsPerSecond: bits(sent),
    ...(after.path && { path: Object.freeze(after.path) }), streams: Object.freeze(streams),
    quality: judgeLink({
      ...facts, interrupted,
      sentLossFraction: fraction(sent.map(({ grown }) => grown), 'sent'),
      freezes: received.reduce((sum, { grown }) => sum + grown.freezes, 0),
      limitations: sent.flatMap(({ stream: { limitation, encodedMs = START_MS } }) =>
        limitation && (limitation !== 'bandwidth' || encodedMs >= START_MS) ? [limitation] : []),
    }),
  });
}

const COUNTERS = ['bytes', 'packets', 'lost', 'frames', 'freezes'] as const;
type Growth = Record<(typeof COUNTERS)[number], number>;

function growth(stream: StreamReading, known: StreamReading | undefined): Growth {
  const since = known && known.bytes <= stream.bytes ? known : undefined;
  // `packetsLost` may go back by itself: late is not lost (RFC 3550 section 6.4.1).
  const grown = Object.fromEntries(COUNTERS.map((key) => [key, Math.max(0, stream[key] - (since?.[key] ?? 0))])) as Growth;
  // The far end's count stands still between its reports, and then jumps by more than belongs to this time.
  if (stream.lostFraction !== undefined) grown.lost = stream.lostFraction * grown.packets;
  return grown;
}

/** What is received does not hold what was lost; what was sent does. */
function fraction(grown: readonly Growth[], direction: 'received' | 'sent'): number {
  const [lost, packets] = [sum(grown, 'lost'), sum(grown, 'packets')];
  const all = direction === 'received' ? packets + lost : packets;
  return all > 0 ? Math.min(1, lost / all) : 0;
}

function sum(grown: readonly Growth[], key: keyof Growth): number {
  return grown.reduce((total, one) => total + one[key], 0);
}
