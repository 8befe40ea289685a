/**
 * A client of the wire in the way of rtc.io 1.x, written from docs/wire.md alone: the second opinion on what the engine says.
 * It runs in a page (interop.ts bundles it) and imports nothing of src/.
 */
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';

interface Message {
  source: string;
  data: { description?: RTCSessionDescriptionInit; candidate?: RTCIceCandidateInit };
}

const INTERNAL = '#rtcio:';
const NEVER_FROM_A_PEER = new Set(['peer-connect', 'peer-disconnect', 'track-added', 'track-removed']);

/** The far end of one pc, negotiating perfectly (W3C WebRTC 10.7). */
class WirePeer {
  readonly pc: RTCPeerConnection;
  readonly control: RTCDataChannel;
  readonly #polite: boolean;
  readonly #send: (data: Message['data']) => void;
  #makingOffer = false;
  #ignoringOffer = false;
  /** Envelopes are taken up one after the other. */
  #inbox = Promise.resolve();
  /** Frames from before the channel is open. */
  readonly #queue: string[] = [];

  constructor(polite: boolean, stunUrl: string, send: (data: Message['data']) => void) {
    this.#polite = polite;
    this.#send = send;
    this.pc = new RTCPeerConnection({ iceServers: [{ urls: stunUrl }] });
    this.control = this.pc.createDataChannel('rtcio:ctrl', { negotiated: true, id: 0, ordered: true });
    this.control.addEventListener('open', () => { for (const frame of this.#queue.splice(0)) this.control.send(frame); });
    this.pc.addEventListener('negotiationneeded', () => { void this.#offer(); });
    this.pc.addEventListener('icecandidate', ({ candidate }) => { if (candidate) send({ candidate: candidate.toJSON() }); });
    this.pc.addEventListener('datachannel', ({ channel }) => { channel.close(); });
  }

  say(frame: string): void {
    if (this.control.readyState === 'open') this.control.send(frame);
    else this.#queue.push(frame);
  }

  receive(data: Message['data']): void {
    this.#inbox = this.#inbox.then(() => this.#take(data)).catch((error: unknown) => { console.error('wire client:', error); });
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

  async #take({ description, candidate }: Message['data']): Promise<void> {
    if (description) {
      const collides = description.type === 'offer' && (this.#makingOffer || this.pc.signalingState !== 'stable');
      this.#ignoringOffer = collides && !this.#polite;
      if (this.#ignoringOffer) return;
      await this.pc.setRemoteDescription(description);
      if (description.type !== 'offer') return;
      await this.pc.setLocalDescription();
      this.#sendLocal();
    } else if (candidate) {
      await this.pc.addIceCandidate(candidate).catch((error: unknown) => { if (!this.#ignoringOffer) throw error; });
    }
  }

  #sendLocal(): void {
    if (this.pc.localDescription) this.#send({ description: this.pc.localDescription.toJSON() });
  }
}

export interface WireEvent { from: string; event: string; args: unknown[] }

export class WireClient {
  readonly heard: WireEvent[] = [];
  /** What a peer may not fire, and the protocol's own names. */
  readonly dropped: WireEvent[] = [];
  /** What the relay said, by name, in order. */
  readonly told: string[] = [];
  readonly #socket: Socket;
  readonly #stunUrl: string;
  readonly #peers = new Map<string, WirePeer>();
  #roomId = '';

  constructor({ origin, hostname, port }: { origin: string; hostname: string; port: string }) {
    this.#stunUrl = `stun:${hostname}:${port}`;
    this.#socket = io(origin, { transports: ['websocket'], reconnection: false, autoConnect: false });
    this.#socket.onAny((name: string) => { this.told.push(name); });
    this.#socket.on('#rtcio:init-offer', ({ source }: { source: string }) => { this.#meet(source, true); });
    this.#socket.on('#rtcio:message', ({ source, data }: Message) => {
      (this.#peers.get(source) ?? this.#meet(source, false)).receive(data);
    });
  }

  /** Our participant id. */
  get id(): string {
    return this.#socket.id ?? '';
  }

  /** With whom the control channel is open. */
  get peers(): string[] {
    return [...this.#peers].filter(([, { control }]) => control.readyState === 'open').map(([id]) => id);
  }

  /** @param more further fields of `join-room` */
  async join(roomId: string, name: string, more: object = {}): Promise<string> {
    this.#roomId = roomId;
    await new Promise<void>((resolve, reject) => {
      this.#socket.once('connect', resolve).once('connect_error', reject).connect();
    });
    const ack = await this.#socket.timeout(5000).emitWithAck('join-room', { roomId, name, ...more }) as { ok: boolean };
    if (!ack.ok) throw new Error(`The join was refused: ${JSON.stringify(ack)}`);
    return this.id;
  }

  emit(event: string, ...args: unknown[]): void {
    this.sayFrame(JSON.stringify({ e: event, d: args }));
  }

  /** Any frame at all. */
  sayFrame(frame: string): void {
    for (const peer of this.#peers.values()) peer.say(frame);
  }

  leave(): void {
    this.#socket.emit('leave-room', { roomId: this.#roomId });
    this.#socket.disconnect();
    for (const { pc } of this.#peers.values()) pc.close();
    this.#peers.clear();
  }

  #meet(id: string, polite: boolean): WirePeer {
    const peer = new WirePeer(polite, this.#stunUrl, (data) => {
      this.#socket.emit('#rtcio:message', { source: this.id, target: id, data });
    });
    this.#peers.set(id, peer);
    peer.control.addEventListener('message', ({ data }: MessageEvent<string>) => { this.#hear(id, data); });
    return peer;
  }

  #hear(from: string, frame: string): void {
    const { e: event, d: args } = JSON.parse(frame) as { e: string; d: unknown[] };
    const reserved = event.startsWith(INTERNAL) || NEVER_FROM_A_PEER.has(event);
    (reserved ? this.dropped : this.heard).push({ from, event, args });
  }
}
