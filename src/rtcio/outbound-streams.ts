import { MAX_STREAM_EVENTS } from '../protocol/limits.ts';
import { streamMarker } from './stream-marker.ts';
import type { PeerHandlers } from '../peer/dialect.ts';
import type { PublicationList } from '../media/publication.ts';

/** A client asks once for each stream; more often than this it is told nothing. */
const MAX_QUESTIONS = 3;

interface Asked { questions: number; told: ReadonlySet<string> }

/**
 * Tells an rtc.io client which events our streams belong to: an event is what we call a source, and nothing but the stream
 * goes with it. A client asks for a stream as a whole, once; what is published in it later is told unasked.
 */
export class OutboundStreams {
  readonly #publications: PublicationList;
  readonly #handlers: Pick<PeerHandlers, 'send' | 'canSignal'>;
  /** Of ours alone: what they ask for besides leaves nothing here. */
  readonly #asked = new Map<string, Asked>();

  constructor(publications: PublicationList, handlers: Pick<PeerHandlers, 'send' | 'canSignal'>) {
    this.#publications = publications;
    this.#handlers = handlers;
  }

  /** @returns false for what is not to be answered. */
  question(mid: string): boolean {
    const { questions } = this.#asked.get(mid) ?? { questions: 0 };
    if (questions >= MAX_QUESTIONS || this.#sourcesOf(mid).length === 0) return false;
    this.#asked.set(mid, { questions: questions + 1, told: new Set() });
    this.tell();
    return true;
  }

  /** Whatever of the streams they asked for was not told. */
  tell(): void {
    if (!this.#handlers.canSignal()) return;
    for (const [mid, asked] of this.#asked) {
      const sources = this.#sourcesOf(mid);
      if (sources.length === 0) { this.#asked.delete(mid); continue; }
      const untold = sources.filter((source) => !asked.told.has(source)).slice(0, MAX_STREAM_EVENTS);
      asked.told = new Set(sources.filter((source) => asked.told.has(source) || untold.includes(source)));
      if (untold.length === 0) continue;
      this.#handlers.send({ mid, events: Object.fromEntries(untold.map((source) => [source, [streamMarker(mid)]])) });
    }
  }

  #sourcesOf(mid: string): string[] {
    return this.#publications.all.filter(({ stream }) => stream.id === mid).map(({ source }) => source);
  }
}
