import type { MediaKind } from './publication.ts';

/** On which m-lines of a pc one sends. */
export interface SenderLines {
  /** One for this track, or for one that is still to come. @param isTaken whether something else is sent on it */
  take(
    kind: MediaKind, track: MediaStreamTrack | null, stream: MediaStream, isTaken: (line: RTCRtpTransceiver) => boolean,
  ): RTCRtpTransceiver;
  /** Sends this track on it, or nothing for now. */
  put(line: RTCRtpTransceiver, track: MediaStreamTrack | null): void;
  /** Nothing of ours is on it any more. */
  release(line: RTCRtpTransceiver): void;
}

/**
 * As our engines do: used in both directions and again. A source that is switched off and on exchanges a track, one that goes
 * leaves its m-line to the next, and an answer fills the m-lines that the offer brought.
 */
export class SharedLines implements SenderLines {
  readonly #pc: RTCPeerConnection;
  readonly #onError: (error: unknown) => void;

  constructor(pc: RTCPeerConnection, onError: (error: unknown) => void) {
    this.#pc = pc;
    this.#onError = onError;
  }

  take(
    kind: MediaKind, track: MediaStreamTrack | null, stream: MediaStream, isTaken: (line: RTCRtpTransceiver) => boolean,
  ): RTCRtpTransceiver {
    const free = this.#pc.getTransceivers().find((line) => line.receiver.track.kind === kind
      && line.direction !== 'stopped' && !isTaken(line));
    if (!free) return this.#pc.addTransceiver(track ?? kind, { direction: 'sendrecv', streams: [stream] });
    free.direction = 'sendrecv';
    free.sender.setStreams(stream);
    this.put(free, track);
    return free;
  }

  put({ sender }: RTCRtpTransceiver, track: MediaStreamTrack | null): void {
    if (sender.track !== track) sender.replaceTrack(track).catch(this.#onError);
  }

  release(line: RTCRtpTransceiver): void {
    this.put(line, null);
    if (line.direction !== 'stopped') line.direction = 'recvonly';
  }
}
