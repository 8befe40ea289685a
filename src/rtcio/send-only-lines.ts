import type { SenderLines } from '../media/sender-lines.ts';
import type { MediaKind } from '../media/publication.ts';

/**
 * As rtc.io expects it: each m-line sends one way, and belongs to one stream for as long as it lives. (In Chromium 156 what
 * `setStreams` changed is undone by the negotiation after the next; a stopped m-line is used again by the browser, under another
 * mid.) A picture that is switched off leaves its m-line `inactive`, because the client would go on showing the last frame; a
 * silent microphone is silent without a word.
 */
export class SendOnlyLines implements SenderLines {
  readonly #pc: RTCPeerConnection;
  readonly #onError: (error: unknown) => void;

  constructor(pc: RTCPeerConnection, onError: (error: unknown) => void) {
    this.#pc = pc;
    this.#onError = onError;
  }

  take(kind: MediaKind, track: MediaStreamTrack | null, stream: MediaStream): RTCRtpTransceiver {
    return this.#pc.addTransceiver(track ?? kind, { direction: directionOf(kind, track), streams: [stream] });
  }

  put(line: RTCRtpTransceiver, track: MediaStreamTrack | null): void {
    const { sender, receiver } = line;
    if (sender.track === track) return;
    sender.replaceTrack(track).catch(this.#onError);
    line.direction = directionOf(receiver.track.kind as MediaKind, track);
  }

  release(line: RTCRtpTransceiver): void {
    line.stop();
  }
}

function directionOf(kind: MediaKind, track: MediaStreamTrack | null): RTCRtpTransceiverDirection {
  return track || kind === 'audio' ? 'sendonly' : 'inactive';
}
