/**
 * A client of the wire in the way of rtc.io 1.x, written from docs/wire.md alone: the second opinion on what the engine says.
 * It runs in a page (interop.ts bundles it) and imports nothing of src/.
 */
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { WirePeer } from './wire-peer.ts';
import type { Data } from './wire-peer.ts';

interface Message { source: string; data: Data }
/** One stream that was emitted: under a name, and among arguments in the place of which stands `marker`. */
interface Emitted { event: string; stream: MediaStream; marker: string }

const INTERNAL = '#rtcio:';
const NEVER_FROM_A_PEER = new Set(['peer-connect', 'peer-disconnect', 'track-added', 'track-removed']);

export interface WireEvent { from: string; event: string; args: unknown[] }

export class WireClient {
  readonly heard: WireEvent[] = [];
  /** What a peer may not fire, and the protocol's own names. */
  readonly dropped: WireEvent[] = [];
  /** What the relay said, by name, in order. */
  readonly told: string[] = [];
  /** What peers said about streams, in order. */
  readonly answers: Data[] = [];
  /** Streams of others with the event they came under, in order. */
  readonly streams: { event: string; stream: MediaStream }[] = [];
  /** What came over named channels: the channel's name, then an envelope's event and arguments, or the bytes. */
  readonly heardOn: { name: string; event?: string; args?: unknown[]; bytes?: number[] }[] = [];
  /** What a stream is said to be instead of the truth. */
  lie: ((mid: string, marker: string) => Data['events']) | undefined;
  readonly #socket: Socket;
  readonly #stunUrl: string;
  readonly #peers = new Map<string, WirePeer>();
  readonly #emitted: Emitted[] = [];
  readonly #channels: string[] = [];
  #roomId = '';

  constructor({ origin, hostname, port }: { origin: string; hostname: string; port: string }) {
    this.#stunUrl = `stun:${hostname}:${port}`;
    this.#socket = io(origin, { transports: ['websocket'], reconnection: false, autoConnect: false });
    this.#socket.onAny((name: string) => { this.told.push(name); });
    this.#socket.on('#rtcio:init-offer', ({ source }: { source: string }) => { this.#meet(source, true); });
    this.#socket.on('#rtcio:message', ({ source, data }: Message) => {
      const peer = this.#peers.get(source) ?? this.#meet(source, false);
      if (data.mid === undefined) peer.receive(data); else this.#aboutStream(source, peer, data.mid, data.events);
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

  /** Anything at all through the relay. */
  relay(target: string, data: object): void {
    this.#socket.emit('#rtcio:message', { target, data });
  }

  /** Emits a stream to everyone, and to whoever comes. */
  publishStream(event: string, stream: MediaStream): void {
    this.#emitted.push({ event, stream, marker: `[RTCIOStream] ${crypto.randomUUID()}` });
    for (const peer of this.#peers.values()) peer.sendStream(stream);
  }

  /** Exchanges the picture of a stream that was emitted. */
  setPicture(before: MediaStreamTrack | null, now: MediaStreamTrack | null): void {
    for (const peer of this.#peers.values()) peer.sendPicture(before, now);
  }

  openChannel(name: string): void {
    this.#channels.push(name);
    for (const peer of this.#peers.values()) this.#openWith(peer, name);
  }

  sendOn(name: string, data: string | ArrayBuffer): void {
    // One method, two overloads: TypeScript picks none of them for the union.
    for (const { channels } of this.#peers.values()) channels.get(name)?.send(data as string);
  }

  closeChannel(name: string): void {
    for (const { channels } of this.#peers.values()) channels.get(name)?.close();
  }

  leave(): void {
    this.#socket.emit('leave-room', { roomId: this.#roomId });
    this.#socket.disconnect();
    for (const { pc } of this.#peers.values()) pc.close();
    this.#peers.clear();
  }

  #meet(id: string, polite: boolean): WirePeer {
    const replay = () => {
      for (const { stream } of this.#emitted) peer.sendStream(stream);
      for (const name of this.#channels) this.#openWith(peer, name);
    };
    const peer = new WirePeer(polite, this.#stunUrl, (data) => { this.relay(id, data); }, replay);
    this.#peers.set(id, peer);
    if (polite) replay();
    peer.control.addEventListener('message', ({ data }: MessageEvent<string>) => { this.#hear(id, data); });
    return peer;
  }

  #openWith(peer: WirePeer, name: string): void {
    peer.openChannel(name).addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data !== 'string') { this.heardOn.push({ name, bytes: [...new Uint8Array(data)] }); return; }
      const { e: event, d: args } = JSON.parse(data) as { e: string; d: unknown[] };
      this.heardOn.push({ name, event, args });
    });
  }

  /** A question is answered with every emit of that stream; an answer tells what a stream that came is. */
  #aboutStream(from: string, peer: WirePeer, mid: string, events: Data['events']): void {
    if (!events) {
      const emits = this.#emitted.filter(({ stream }) => stream.id === mid);
      const [first] = emits;
      if (!first) return;
      const told = emits.map(({ event, marker }) => [event, [{ stream: marker, metadata: { displayName: 'Guest' } }]]);
      this.relay(from, { mid, events: this.lie?.(mid, first.marker) ?? Object.fromEntries(told) as Data['events'] });
      return;
    }
    this.answers.push({ mid, events });
    const stream = peer.streams.get(mid);
    if (stream) for (const event of Object.keys(events)) this.streams.push({ event, stream });
  }

  #hear(from: string, frame: string): void {
    const { e: event, d: args } = JSON.parse(frame) as { e: string; d: unknown[] };
    const reserved = event.startsWith(INTERNAL) || NEVER_FROM_A_PEER.has(event);
    (reserved ? this.dropped : this.heard).push({ from, event, args });
  }
}
