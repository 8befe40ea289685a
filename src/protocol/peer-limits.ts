/**
 * What a room takes of each participant. What is over it is dropped and counted, nothing queues; our own engines pace
 * themselves to what they are told, so that only a peer that ignores it meets the limit.
 */
export interface PeerLimits {
  /** Events, requests and answers: one costs one, a large one as many as it has KiB. Told to the others; 100 at least. */
  readonly eventsPerSecond: number;
  /** What may come at once; 200 at least. */
  readonly eventsBurst: number;
  /** Bytes of one event, request or answer, and of one message of a channel that is longer than a frame; 65,536 at least. */
  readonly eventBytes: number;
  readonly chatLinesPerSecond: number;
  readonly chatLinesBurst: number;
  /** Hands that are raised or lowered, and reactions; one's own too. */
  readonly gesturesPerSecond: number;
  readonly gesturesBurst: number;
  /** Requests of theirs that are being answered at a time; what is over it is answered `rate-limited`. */
  readonly requests: number;
  /** Tracks they may announce at a time. */
  readonly tracks: number;
  /** Named channels that they may ask for at a time. */
  readonly channels: number;
  readonly descriptionsPerSecond: number;
  readonly descriptionsBurst: number;
  /** ICE candidates for each description of theirs. */
  readonly candidates: number;
  /** Things that no honest engine sends, before they are disconnected (`peer-misbehaved`); a hundredth a second is forgiven. */
  readonly strikes: number;
}

export const PEER_LIMITS: PeerLimits = {
  eventsPerSecond: 1000, eventsBurst: 2000, eventBytes: 1_048_576,
  chatLinesPerSecond: 5, chatLinesBurst: 20, gesturesPerSecond: 2, gesturesBurst: 10, requests: 256, tracks: 32, channels: 256,
  descriptionsPerSecond: 10, descriptionsBurst: 100, candidates: 100, strikes: 100,
};

/** Who is told less than these cannot pace itself to it (`parseHello`). */
const LEAST: Partial<PeerLimits> = { eventsPerSecond: 100, eventsBurst: 200, eventBytes: 65_536 };

/** @throws TypeError for a name that is none, and a number that cannot be. */
export function peerLimits(given: Partial<PeerLimits> = {}): PeerLimits {
  for (const [name, value] of Object.entries(given) as [keyof PeerLimits, number][]) {
    const least = LEAST[name] ?? 1;
    const isLimit = Object.hasOwn(PEER_LIMITS, name) && Number.isFinite(value) && value >= least;
    if (!isLimit) throw new TypeError(`limits.${name}: ${value} is not a limit of ${least} or more.`);
  }
  return { ...PEER_LIMITS, ...given };
}
