/** What is taken from a browser's report (W3C webrtc-stats), and nothing else of it: no address, no candidate. */

/** One picture or sound that comes or goes, counted since its connection was made. */
export interface StreamReading {
  /** The browser's name of these packets: another one begins at zero again. */
  readonly id: string;
  readonly direction: 'received' | 'sent';
  readonly kind: 'audio' | 'video';
  /** Of the MediaStreamTrack that is played or sent; empty where the browser does not say. */
  readonly trackId: string;
  readonly bytes: number;
  readonly packets: number;
  /** Received: what never came. Sent: what the far end says never came. */
  readonly lost: number;
  /** Sent: the share that was lost of late, as the far end said last. It says so every few seconds only (RFC 3550 6.4.1). */
  readonly lostFraction?: number;
  readonly frames: number;
  readonly freezes: number;
  readonly jitterMs?: number;
  readonly width?: number;
  readonly height?: number;
  /** 0 to 1. */
  readonly audioLevel?: number;
  /** Without the `audio/` or `video/`. */
  readonly codec?: string;
  /** Why the encoder sends less than it could. */
  readonly limitation?: 'bandwidth' | 'cpu' | 'other';
  /** How long it has been encoded. */
  readonly encodedMs?: number;
}

/** How the packets travel. A TURN server may be asked over another protocol than it forwards with: this is the former. */
export interface PathView { readonly via: 'direct' | 'turn'; readonly protocol: 'udp' | 'tcp' | 'tls' }

export interface Reading {
  /** Milliseconds, of the report's own clock. */
  readonly atMs: number;
  readonly roundTripMs?: number;
  readonly path?: PathView;
  readonly streams: readonly StreamReading[];
}

/** A dictionary of a report, of which everything may be missing. */
type Entry = Readonly<Record<string, unknown>>;

const numberIn = (entry: Entry | undefined, key: string): number | undefined =>
  (typeof entry?.[key] === 'number' && Number.isFinite(entry[key]) ? entry[key] : undefined);
const textIn = (entry: Entry | undefined, key: string): string => (typeof entry?.[key] === 'string' ? entry[key] : '');
/** Seconds, as all of webrtc-stats has them. */
const msIn = (entry: Entry | undefined, key: string): number | undefined => {
  const seconds = numberIn(entry, key);
  return seconds === undefined ? undefined : seconds * 1000;
};

/** Report -> reading. Pure. */
export function readReport(report: Iterable<readonly [string, unknown]>): Reading {
  const entries = new Map([...report] as [string, Entry][]);
  const all = [...entries.values()];
  const linked = (entry: Entry | undefined, key: string) => entries.get(textIn(entry, key));

  const transport = all.find(({ type }) => type === 'transport');
  const pair = linked(transport, 'selectedCandidatePairId');
  const local = linked(pair, 'localCandidateId');
  const roundTripMs = msIn(pair, 'currentRoundTripTime');
  const path = pathOf(local, linked(pair, 'remoteCandidateId'));

  const streams = all.flatMap((entry): StreamReading[] => {
    const { type, kind } = entry;
    if ((type !== 'inbound-rtp' && type !== 'outbound-rtp') || (kind !== 'audio' && kind !== 'video')) return [];
    const received = type === 'inbound-rtp';
    const source = received ? entry : linked(entry, 'mediaSourceId');
    // What the far end says of what is sent to it; of what comes we know it ourselves.
    const verdict = received ? entry : linked(entry, 'remoteId');
    const jitterMs = msIn(verdict, 'jitter');
    const lostFraction = received ? undefined : numberIn(verdict, 'fractionLost');
    const [width, height] = [numberIn(entry, 'frameWidth'), numberIn(entry, 'frameHeight')];
    const audioLevel = numberIn(source, 'audioLevel');
    const codec = textIn(linked(entry, 'codecId'), 'mimeType').split('/')[1];
    const limitation = textIn(entry, 'qualityLimitationReason');
    // Seconds by reason, `none` among them.
    const durations = Object.values((entry['qualityLimitationDurations'] ?? {}) as Record<string, number>);
    return [{
      id: textIn(entry, 'id'), direction: received ? 'received' : 'sent', kind, trackId: textIn(source, 'trackIdentifier'),
      bytes: numberIn(entry, received ? 'bytesReceived' : 'bytesSent') ?? 0,
      packets: numberIn(entry, received ? 'packetsReceived' : 'packetsSent') ?? 0,
      lost: numberIn(verdict, 'packetsLost') ?? 0,
      frames: numberIn(entry, received ? 'framesDecoded' : 'framesEncoded') ?? 0,
      freezes: numberIn(entry, 'freezeCount') ?? 0,
      ...(lostFraction !== undefined && { lostFraction }), ...(jitterMs !== undefined && { jitterMs }),
      ...(width !== undefined && height !== undefined && { width, height }),
      ...(audioLevel !== undefined && { audioLevel }), ...(codec && { codec }),
      ...((limitation === 'bandwidth' || limitation === 'cpu' || limitation === 'other') && { limitation }),
      ...(durations.length > 0 && { encodedMs: durations.reduce((sum, seconds) => sum + seconds, 0) * 1000 }),
    }];
  });
  const atMs = Math.max(0, ...all.map((entry) => numberIn(entry, 'timestamp') ?? 0));
  return { atMs, streams, ...(roundTripMs !== undefined && { roundTripMs }), ...(path && { path }) };
}

function pathOf(local: Entry | undefined, remote: Entry | undefined): PathView | undefined {
  if (!local) return undefined;
  const turn = [local, remote].some((candidate) => candidate?.['candidateType'] === 'relay');
  const protocol = textIn(local, 'relayProtocol') || textIn(local, 'protocol');
  return { via: turn ? 'turn' : 'direct', protocol: protocol === 'tcp' || protocol === 'tls' ? protocol : 'udp' };
}
