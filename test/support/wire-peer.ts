/** The far end of one pc of the wire client: negotiates perfectly (W3C WebRTC 10.7), in the way of rtc.io 1.x. */

/** What goes through the relay. */
export interface Data {
  description?: RTCSessionDescriptionInit;
  candidate?: RTCIceCandidateInit;
  mid?: string;
  events?: Record<string, unknown[]>;
}

/** FNV-1a, 32 bits, over UTF-16 code units, mod 1023, plus 1: on which stream a named channel belongs. */
export function streamOf(name: string): number {
  const hash = Array.from({ length: name.length }, (_, i) => name.charCodeAt(i))
    .reduce((sum, unit) => Math.imul(sum ^ unit, 0x01000193), 0x811c9dc5);
  return ((hash >>> 0) % 1023) + 1;
}

export class WirePeer {
  readonly pc: RTCPeerConnection;
  readonly control: RTCDataChannel;
  readonly channels = new Map<string, RTCDataChannel>();
  /** What came, by the id of its MediaStream. */
  readonly streams = new Map<string, MediaStream>();
  readonly #polite: boolean;
  readonly #send: (data: Data) => void;
  readonly #onAnswered: () => void;
  #makingOffer = false;
  #ignoringOffer = false;
  /** Envelopes are taken up one after the other. */
  #inbox = Promise.resolve();
  /** Frames from before the channel is open. */
  readonly #queue: string[] = [];

  /** @param onAnswered the newcomer's first answer is sent: what it has to send may follow */
  constructor(polite: boolean, stunUrl: string, send: (data: Data) => void, onAnswered: () => void) {
    this.#polite = polite;
    this.#send = send;
    this.#onAnswered = onAnswered;
    this.pc = new RTCPeerConnection({ iceServers: [{ urls: stunUrl }] });
    this.control = this.pc.createDataChannel('rtcio:ctrl', { negotiated: true, id: 0, ordered: true });
    this.control.addEventListener('open', () => { for (const frame of this.#queue.splice(0)) this.control.send(frame); });
    this.pc.addEventListener('negotiationneeded', () => { void this.#offer(); });
    this.pc.addEventListener('icecandidate', ({ candidate }) => { if (candidate) send({ candidate: candidate.toJSON() }); });
    this.pc.addEventListener('datachannel', ({ channel }) => { channel.close(); });
    this.pc.addEventListener('track', ({ track, streams: [stream] }) => {
      if (!stream) return;
      const known = this.streams.get(stream.id);
      known?.addTrack(track); // The browser makes a new MediaStream where the old one had lost its last track.
      if (known) return;
      this.streams.set(stream.id, stream);
      send({ mid: stream.id });
    });
  }

  say(frame: string): void {
    if (this.control.readyState === 'open') this.control.send(frame);
    else this.#queue.push(frame);
  }

  receive(data: Data): void {
    this.#inbox = this.#inbox.then(() => this.#take(data)).catch((error: unknown) => { console.error('wire client:', error); });
  }

  /** Each track on an m-line of its own, which sends one way. */
  sendStream(stream: MediaStream): void {
    for (const track of stream.getTracks()) this.pc.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
  }

  /** Exchanges the picture that is sent for another or none, as rtc.io does. */
  sendPicture(before: MediaStreamTrack | null, now: MediaStreamTrack | null): void {
    const line = this.pc.getTransceivers().find(({ sender, receiver, mid, direction }) =>
      mid !== null && sender.track === before && receiver.track.kind === 'video' && direction !== 'recvonly');
    void line?.sender.replaceTrack(now);
    if (line) line.direction = now ? 'sendonly' : 'inactive';
  }

  openChannel(name: string): RTCDataChannel {
    const dc = this.pc.createDataChannel(`rtcio:ch:${name}`, { negotiated: true, id: streamOf(name) });
    dc.binaryType = 'arraybuffer';
    this.channels.set(name, dc);
    return dc;
  }

  async #offer(): Promise<void> {
    this.#makingOffer = true;
    try {
      await this.pc.setLocalDescription();
      this.#sendLocal();
    } finally {
      this.#makingOffer = false;
    }
  }

  async #take({ description, candidate }: Data): Promise<void> {
    if (description) {
      const collides = description.type === 'offer' && (this.#makingOffer || this.pc.signalingState !== 'stable');
      this.#ignoringOffer = collides && !this.#polite;
      if (this.#ignoringOffer) return;
      const first = this.pc.remoteDescription === null;
      await this.pc.setRemoteDescription(description);
      if (description.type !== 'offer') return;
      await this.pc.setLocalDescription();
      this.#sendLocal();
      if (first) this.#onAnswered();
    } else if (candidate) {
      await this.pc.addIceCandidate(candidate).catch((error: unknown) => { if (!this.#ignoringOffer) throw error; });
    }
  }

  #sendLocal(): void {
    if (this.pc.localDescription) this.#send({ description: this.pc.localDescription.toJSON() });
  }
}
