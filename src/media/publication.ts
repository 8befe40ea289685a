import { Emitter } from '../shared/emitter.ts';
import { resolveEncodings } from './encodings.ts';
import { stringify } from '../protocol/json.ts';
import { MAX_METADATA_CHARS } from '../protocol/limits.ts';
import { RoomError } from '../shared/errors.ts';
import { randomId } from '../shared/ids.ts';
import type { Encodings, ResolvedEncodings } from './encodings.ts';

export type MediaKind = 'audio' | 'video';

export interface PublicationInit {
  /** `camera`, `microphone`, `screen`, or an app's word; one publication a source. */
  source: string;
  /** One stream's msid lip-syncs all that carry it (RFC 8830): camera and microphone share one. */
  stream: MediaStream;
  /** JSON of up to 1,024 characters that travels with the announcement; untrusted input to those who see it. */
  metadata?: unknown;
  /** @default what the browser does by itself */
  encodings?: Encodings;
}

/**
 * A local stream offered under a name and replayed to late joiners. Its tracks may be exchanged for others, or for
 * none, without any negotiation.
 */
export class Publication {
  readonly id = randomId(9);
  readonly source: string;
  readonly stream: MediaStream;
  #metadata: unknown;
  #encodings: ResolvedEncodings = { audio: {}, video: {} };
  #isEncoded = false;
  readonly #tracks = new Map<MediaKind, MediaStreamTrack | null>();
  readonly #onChange: () => void;

  constructor(init: PublicationInit, tracks: readonly MediaStreamTrack[], onChange: () => void) {
    const { source, stream, metadata, encodings } = init;
    this.source = source;
    this.stream = stream;
    this.#metadata = jsonOf(metadata);
    for (const track of tracks) this.#tracks.set(track.kind as MediaKind, track);
    if (encodings) this.#encode(encodings);
    this.#onChange = onChange;
  }

  get encodings(): ResolvedEncodings {
    return this.#encodings;
  }

  /** Somebody asked for some. */
  get isEncoded(): boolean {
    return this.#isEncoded;
  }

  get metadata(): unknown {
    return this.#metadata;
  }

  /** By kind; `null` where the source is switched off. A kind that was never published is absent. */
  get tracks(): ReadonlyMap<MediaKind, MediaStreamTrack | null> {
    return this.#tracks;
  }

  /** Sends this track instead, or nothing. */
  replaceTrack(kind: MediaKind, track: MediaStreamTrack | null): void {
    if (this.#tracks.get(kind) === track) return;
    this.#tracks.set(kind, track);
    this.#hint();
    this.#onChange();
  }

  /** From now on, towards everyone, without any negotiation (an order of codecs: towards those who come). @throws TypeError */
  setEncodings(encodings: Encodings): void {
    this.#encode(encodings);
    this.#onChange();
  }

  /** @throws RoomError `unserializable`, `message-too-large`. */
  updateMetadata(metadata: unknown): void {
    this.#metadata = jsonOf(metadata);
    this.#onChange();
  }

  #encode(encodings: Encodings): void {
    this.#encodings = resolveEncodings(encodings);
    this.#isEncoded = true;
    this.#hint();
  }

  #hint(): void {
    const { contentHint } = this.#encodings.video;
    const track = this.#tracks.get('video');
    if (track && contentHint !== undefined) track.contentHint = contentHint;
  }
}

interface LocalTrackView {
  readonly id: string;
  readonly source: string;
  readonly kind: MediaKind;
  readonly live: boolean;
  readonly track?: MediaStreamTrack;
  readonly metadata?: unknown;
}

/** Everything one offers, in order. The room writes it; a topology reads it and hears of changes. */
export class PublicationList {
  readonly #bySource = new Map<string, Publication>();
  readonly #events = new Emitter<{ changed: undefined }>();

  get all(): readonly Publication[] {
    return [...this.#bySource.values()];
  }

  /** As a snapshot shows them. */
  get views(): readonly LocalTrackView[] {
    return this.all.flatMap(({ id, source, tracks, metadata }) => [...tracks].map(([kind, track]) => ({
      id: `${id}/${kind}`, source, kind, live: track !== null,
      ...(track && { track }), ...(metadata !== undefined && { metadata }),
    })));
  }

  get(source: string): Publication | undefined {
    return this.#bySource.get(source);
  }

  /** @throws RoomError `source-taken`, `unserializable`, `message-too-large`. */
  add(init: PublicationInit, tracks: readonly MediaStreamTrack[] = init.stream.getTracks()): Publication {
    if (this.#bySource.has(init.source)) throw new RoomError('source-taken', `"${init.source}" is published already.`);
    const publication = new Publication(init, tracks, () => { this.#changed(); });
    this.#bySource.set(init.source, publication);
    this.#changed();
    return publication;
  }

  remove(publication: Publication): void {
    if (this.#bySource.get(publication.source) !== publication) return;
    this.#bySource.delete(publication.source);
    this.#changed();
  }

  onChanged(listener: () => void, signal?: AbortSignal): void {
    this.#events.on('changed', listener, signal ? { signal } : {});
  }

  #changed(): void {
    this.#events.emit('changed', undefined);
  }
}

/** What others will see of it: a copy, as JSON carries it. */
function jsonOf(metadata: unknown): unknown {
  const text = stringify(metadata) as string | undefined;
  if (text === undefined) return undefined;
  if (text.length > MAX_METADATA_CHARS) throw new RoomError('message-too-large', `Metadata has at most ${MAX_METADATA_CHARS} characters.`);
  return JSON.parse(text);
}
