import { preferredCodecs } from './encodings.ts';
import type { TrackAnnouncement } from '../protocol/control.ts';
import type { ShownSource } from '../protocol/shown.ts';
import type { MediaKind, Publication, PublicationList } from './publication.ts';
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
 * Keeps the senders of one pc equal to what is published. M-lines are used in both directions and again: a source that is
 * switched off and on exchanges a track, one that goes leaves its m-line to the next, and an answer fills the m-lines that
 * the offer brought. So the number of m-lines is bounded by what is published at once, and a newcomer's own streams need
 * no second negotiation.
 */
export class SenderSync {
  readonly #pc: RTCPeerConnection;
  readonly #publications: PublicationList;
  readonly #scope: AbortSignal;
  readonly #onError: (error: unknown) => void;
  #slots: Slot[] = [];
  #tuning: Promise<SenderTuning> | undefined;

  constructor(pc: RTCPeerConnection, publications: PublicationList, scope: AbortSignal, onError: (error: unknown) => void) {
    this.#pc = pc;
    this.#publications = publications;
    this.#scope = scope;
    this.#onError = onError;
  }

  /** Makes the senders what the publications are. Adds m-lines only where none is free. */
  sync(): void {
    const published = this.#publications.all;
    const kept = this.#slots.filter(({ publication, kind }) => published.includes(publication) && publication.tracks.has(kind));
    for (const slot of this.#slots) if (!kept.includes(slot)) this.#release(slot.transceiver);
    this.#slots = kept;
    for (const publication of published) {
      for (const [kind, track] of publication.tracks) {
        const slot = this.#slots.find((candidate) => candidate.publication === publication && candidate.kind === kind);
        if (slot) this.#replace(slot.transceiver, track);
        else this.#slots.push({ publication, kind, transceiver: this.#assign(publication, kind, track) });
      }
    }
    this.tune();
  }

  /** How the publications want to be encoded, and what is seen of them there: anew, where there is anything to it. */
  tune(): void {
    const wanted = this.#tuning !== undefined || this.#publications.all.some(({ isEncoded }) => isEncoded);
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

  #withTuning(task: (tuning: SenderTuning) => void): void {
    this.#tuning ??= import('./sender-tuning.ts').then(({ SenderTuning }) =>
      new SenderTuning(() => this.#slots, this.#scope, this.#onError));
    this.#tuning.then(task).catch(this.#onError);
  }

  #assign(publication: Publication, kind: MediaKind, track: MediaStreamTrack | null): RTCRtpTransceiver {
    const transceiver = this.#take(publication, kind, track);
    const { codecs } = publication.encodings[kind];
    if (codecs) transceiver.setCodecPreferences(preferredCodecs(kind, codecs));
    return transceiver;
  }

  #take({ stream }: Publication, kind: MediaKind, track: MediaStreamTrack | null): RTCRtpTransceiver {
    const free = this.#pc.getTransceivers().find((transceiver) => transceiver.receiver.track.kind === kind
      && transceiver.direction !== 'stopped' && !this.#slots.some((slot) => slot.transceiver === transceiver));
    if (!free) return this.#pc.addTransceiver(track ?? kind, { direction: 'sendrecv', streams: [stream] });
    free.direction = 'sendrecv';
    free.sender.setStreams(stream);
    this.#replace(free, track);
    return free;
  }

  #release(transceiver: RTCRtpTransceiver): void {
    this.#replace(transceiver, null);
    if (transceiver.direction !== 'stopped') transceiver.direction = 'recvonly';
  }

  #replace({ sender }: RTCRtpTransceiver, track: MediaStreamTrack | null): void {
    if (sender.track !== track) sender.replaceTrack(track).catch(this.#onError);
  }
}
