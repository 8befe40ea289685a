import { loadAgain } from '../shared/load-again.ts';
import { preferredCodecs } from './encodings.ts';
import { SharedLines } from './sender-lines.ts';
import type { TrackAnnouncement } from '../protocol/control.ts';
import type { ShownSource } from '../protocol/shown.ts';
import type { MediaKind, Publication, PublicationList } from './publication.ts';
import type { SenderLines } from './sender-lines.ts';
import type { SenderTuning } from './sender-tuning.ts';
import type { Slot } from './slot.ts';

/** How many m-lines of each kind someone would like to fill. */
export type MediaCounts = Readonly<Record<MediaKind, number>>;

/** How many m-lines this list of publications fills. */
export function countMedia(publications: PublicationList): MediaCounts {
  const kinds = publications.all.flatMap(({ tracks }) => [...tracks.keys()]);
  return { audio: kinds.filter((kind) => kind === 'audio').length, video: kinds.filter((kind) => kind === 'video').length };
}

/**
 * Keeps the senders of one pc equal to what is published. M-lines are used again, so that their number is bounded by what is
 * published at once; and in both directions, so that a newcomer's own streams need no second negotiation.
 */
export class SenderSync {
  readonly publications: PublicationList;
  readonly #pc: RTCPeerConnection;
  readonly #scope: AbortSignal;
  readonly #onError: (error: unknown) => void;
  #lines: SenderLines;
  #slots: Slot[] = [];
  #tuning: Promise<SenderTuning> | undefined;

  constructor(pc: RTCPeerConnection, publications: PublicationList, scope: AbortSignal, onError: (error: unknown) => void) {
    this.#pc = pc;
    this.publications = publications;
    this.#scope = scope;
    this.#onError = onError;
    this.#lines = new SharedLines(pc, onError);
    pc.addEventListener('connectionstatechange', () => {
      // Loaded while there is a network to load it over.
      const paused = pc.connectionState === 'disconnected' || pc.connectionState === 'failed';
      if (!this.#sendsPictures || !(paused || pc.connectionState === 'connected')) return;
      this.#withTuning((tuning) => { tuning.pause(paused); });
    }, { signal: scope });
  }

  /** As another dialect has them; before anything is published here. */
  useLines(Lines: new (pc: RTCPeerConnection, onError: (error: unknown) => void) => SenderLines): void {
    this.#lines = new Lines(this.#pc, this.#onError);
  }

  /** Makes the senders what the publications are. Adds m-lines only where none is free. */
  sync(): void {
    const published = this.publications.all;
    const kept = this.#slots.filter(({ publication, kind }) => published.includes(publication) && publication.tracks.has(kind));
    for (const slot of this.#slots) if (!kept.includes(slot)) this.#lines.release(slot.transceiver);
    this.#slots = kept;
    for (const publication of published) {
      for (const [kind, track] of publication.tracks) {
        const slot = this.#slots.find((candidate) => candidate.publication === publication && candidate.kind === kind);
        if (slot) this.#lines.put(slot.transceiver, track);
        else this.#slots.push({ publication, kind, transceiver: this.#assign(publication, kind, track) });
      }
    }
    this.tune();
  }

  /** How the publications want to be encoded, and what is seen of them there: anew, where there is anything to it. */
  tune(): void {
    const wanted = this.#tuning !== undefined || this.publications.all.some(({ isEncoded }) => isEncoded)
      || (this.#sendsPictures && this.#pc.connectionState === 'connected');
    if (wanted) this.#withTuning((tuning) => { tuning.tune(); });
  }

  /** The far end says how large it shows what it is sent. */
  fit(shown: readonly ShownSource[]): void {
    this.#withTuning((tuning) => { tuning.fit(shown); });
  }

  /** Before the first offer: room for what the far end would like to send, beyond what is sent from here anyway. */
  reserve(counts: MediaCounts): void {
    for (const kind of ['audio', 'video'] as const) {
      const mine = this.#slots.filter((slot) => slot.kind === kind).length;
      for (let i = mine; i < counts[kind]; i++) this.#pc.addTransceiver(kind, { direction: 'recvonly' });
    }
  }

  /** What each negotiated m-line shows. */
  announcements(): TrackAnnouncement[] {
    return this.#slots.flatMap(({ publication: { source, metadata, tracks }, kind, transceiver: { mid } }) => {
      if (mid === null) return [];
      return [{ mid, source, live: (tracks.get(kind) ?? null) !== null, ...(metadata !== undefined && { metadata }) }];
    });
  }

  get #sendsPictures(): boolean {
    return this.#slots.some(({ kind }) => kind === 'video');
  }

  #withTuning(task: (tuning: SenderTuning) => void): void {
    this.#tuning ??= loadAgain(() => import('./sender-tuning.ts'), this.#scope).then(({ SenderTuning }) =>
      new SenderTuning(() => this.#slots, this.#scope, this.#onError));
    this.#tuning.then(task).catch((error: unknown) => { if (!this.#scope.aborted) this.#onError(error); });
  }

  #assign(publication: Publication, kind: MediaKind, track: MediaStreamTrack | null): RTCRtpTransceiver {
    const isTaken = (line: RTCRtpTransceiver) => this.#slots.some((slot) => slot.transceiver === line);
    const transceiver = this.#lines.take(kind, track, publication.stream, isTaken);
    const { codecs } = publication.encodings[kind];
    if (codecs) transceiver.setCodecPreferences(preferredCodecs(kind, codecs));
    return transceiver;
  }
}
