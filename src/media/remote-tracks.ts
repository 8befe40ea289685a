import type { TrackAnnouncement } from '../protocol/control.ts';

export interface RemoteTrackView {
  readonly id: string;
  readonly source: string;
  readonly kind: 'audio' | 'video';
  readonly live: boolean;
  readonly track?: MediaStreamTrack;
  readonly metadata?: unknown;
}

/** What a peer sends: its announcements joined with the m-lines they speak of. Only what was announced is shown. */
export class RemoteTracks {
  readonly #pc: RTCPeerConnection;
  #announced: readonly TrackAnnouncement[] = [];

  constructor(pc: RTCPeerConnection) {
    this.#pc = pc;
  }

  announce(announced: readonly TrackAnnouncement[]): void {
    this.#announced = announced;
  }

  get views(): RemoteTrackView[] {
    const transceivers = this.#pc.getTransceivers();
    return this.#announced.flatMap(({ mid, source, live, metadata }) => {
      const transceiver = transceivers.find((candidate) => candidate.mid === mid);
      // Announced before its offer came: it is shown once the m-line is there.
      if (!transceiver?.currentDirection?.includes('recv')) return [];
      const { track } = transceiver.receiver;
      return [{
        id: `${mid}/${source}`, source, kind: track.kind as 'audio' | 'video', live, track,
        ...(metadata !== undefined && { metadata }),
      }];
    });
  }
}
