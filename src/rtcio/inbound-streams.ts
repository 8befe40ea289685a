import { MAX_SOURCE_CHARS, MAX_STREAM_ID_CHARS } from '../protocol/limits.ts';
import { isText } from '../protocol/primitives.ts';
import { isReservedEvent } from '../protocol/reserved.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import { markedStream } from './stream-marker.ts';
import type { PeerParts } from '../peer/dialect.ts';
import type { RemoteTrackView } from '../media/remote-tracks.ts';
import type { StreamAnswerSignal } from '../protocol/wire.ts';

/** An answer takes a round trip over the relay; one that did not come was lost there. */
const ASK_AGAIN_MS = 5000;
const MAX_ASKS = 3;
/** Whoever makes up streams must not make us use up what the relay lets us say. */
const QUESTIONS = { burst: 32, perSecond: 1 } as const;

interface Stream {
  asks: number;
  askedMs: number;
  /** From the one answer that is believed. */
  sources: readonly string[] | undefined;
  /** What it is called among arguments: another id than that of its MediaStream. */
  marker: string | undefined;
}

/** What an rtc.io client sends. A stream comes as MediaStream; for which event it was emitted is asked for through the relay. */
export class InboundStreams {
  readonly #parts: Pick<PeerParts, 'pc' | 'handlers' | 'limits' | 'drop'>;
  /** Which stream an m-line belongs to: none but what really came from them. */
  readonly #lines = new Map<RTCRtpTransceiver, string>();
  readonly #streams = new Map<string, Stream>();
  readonly #questions = new TokenBucket(QUESTIONS);

  constructor(parts: Pick<PeerParts, 'pc' | 'handlers' | 'limits' | 'drop' | 'scope'>) {
    this.#parts = parts;
    parts.pc.addEventListener('track', ({ transceiver, streams: [stream] }) => {
      if (stream && isText(stream.id, MAX_STREAM_ID_CHARS, 1)) this.#arrived(transceiver, stream.id);
      else parts.drop('stream');
    }, { signal: parts.scope });
  }

  /** One view for each event under which they emitted a stream, and each track of it that comes at the moment. */
  get views(): RemoteTrackView[] {
    const views = [...this.#lines].flatMap<RemoteTrackView>(([{ mid, currentDirection, receiver: { track } }, id]) => {
      if (!mid || !currentDirection?.includes('recv')) return [];
      const { sources = [] } = this.#streams.get(id) ?? {};
      return sources.map((source) => ({ id: `${mid}/${source}`, source, kind: track.kind as 'audio' | 'video', live: true, track }));
    });
    return views.slice(0, this.#parts.limits.tracks);
  }

  /**
   * It can name the source of a stream and nothing else: it holds for a stream that came from them, once, after it was asked
   * for. An entry counts if its arguments hold that stream, which is known under one name, and no other stream under that.
   */
  answered({ mid, events }: StreamAnswerSignal): void {
    const stream = this.#streams.get(mid);
    if (!stream || stream.asks === 0 || stream.sources) {
      this.#parts.drop('stream');
      return;
    }
    stream.sources = Object.entries(events).flatMap(([source, args]) => {
      const marker = markedStream(args);
      if (marker === undefined || !isText(source, MAX_SOURCE_CHARS) || isReservedEvent(source)) return [];
      const known = [...this.#streams.values()].find((other) => other.marker === marker);
      if (known ? known !== stream : stream.marker !== undefined) return [];
      stream.marker = marker;
      return [source];
    });
  }

  /** Asks, and asks again, for what has no answer. */
  ask(nowMs = performance.now()): void {
    if (!this.#parts.handlers.canSignal()) return;
    for (const [mid, stream] of this.#streams) {
      const waits = stream.asks > 0 && nowMs - stream.askedMs < ASK_AGAIN_MS;
      if (stream.sources || waits || stream.asks >= MAX_ASKS || !this.#questions.take(1, nowMs)) continue;
      stream.asks++;
      stream.askedMs = nowMs;
      this.#parts.handlers.send({ mid });
    }
  }

  #arrived(transceiver: RTCRtpTransceiver, id: string): void {
    this.#lines.set(transceiver, id);
    const known = new Set(this.#lines.values());
    for (const old of this.#streams.keys()) if (!known.has(old)) this.#streams.delete(old);
    if (!this.#streams.has(id)) this.#streams.set(id, { asks: 0, askedMs: 0, sources: undefined, marker: undefined });
    this.ask();
  }
}
