import { Emitter } from '../shared/emitter.ts';
import { stringify } from '../protocol/json.ts';
import { RoomError } from '../shared/errors.ts';
import { randomId } from '../shared/ids.ts';

export type MediaKind = 'audio' | 'video';

export interface PublicationInit {
  /** `camera`, `microphone`, `screen`, or an app's word; one publication a source. */
  source: string;
  /** One stream's msid lip-syncs all that carry it (RFC 8830): camera and microphone share one. */
  stream: MediaStream;
  /** JSON of up to 1,024 characters that travels with the announcement; untrusted input to those who see it. */
  metadata?: unknown;
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
  readonly #tracks = new Map<MediaKind, MediaStreamTrack | null>();
  readonly #onChange: () => void;

  constructor({ source, stream, metadata }: PublicationInit, tracks: readonly MediaStreamTrack[], onChange: () => void) {
    this.source = source;
    this.stream = stream;
    this.#metadata = jsonOf(metadata);
    for (const track of tracks) this.#tracks.set(track.kind as MediaKind, track);
    this.#onChange = onChange;
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
    this.#onChange();
  }

  /** @throws RoomError `unserializable`, `message-too-large`. */
  updateMetadata(metadata: unknown): void {
    this.#metadata = jsonOf(metadata);
    this.#onChange();
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

const MAX_METADATA_CHARS = 1024;

/** What others will see of it: a copy, as JSON carries it. */
function jsonOf(metadata: unknown): unknown {
  const text = stringify(metadata) as string | undefined;
  if (text === undefined) return undefined;
  if (text.length > MAX_METADATA_CHARS) throw new RoomError('message-too-large', `Metadata has at most ${MAX_METADATA_CHARS} characters.`);
  return JSON.parse(text);
}
