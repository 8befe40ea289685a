/**
 * The far end of an engine, bare: it speaks of the wire what a hello takes and what opens a named channel, and then whatever
 * it is told to. It runs in a page and imports nothing of src/.
 */
import { io } from 'socket.io-client';
import { channelFrame, controlFrame } from './frames.ts';
import type { Socket } from 'socket.io-client';
import type { Frame, Pair } from './frames.ts';

const HELLO = '#rtcio:hello';
const CHANNEL = '#rtcio:channel';
const WAIT_MS = 10_000;
/** So much may stand in the browser's buffer. */
const BUFFERED_BYTES = 256 * 1024;

interface Signal { description?: RTCSessionDescriptionInit; candidate?: RTCIceCandidateInit }
interface Said { e: string; d: unknown[] }
interface Wish { name: string; open: boolean; wish: number; id?: number }

export interface Round { seed: number; from: number; count: number; channel?: string }

/** One connection to one engine, as the newcomer: the engine offers. */
class RawPeer {
  readonly closed: Promise<void>;
  readonly dcs = new Map<string, RTCDataChannel>();
  pair: Pair;
  readonly #socket: Socket;
  readonly #pc: RTCPeerConnection;
  readonly #control: RTCDataChannel;
  readonly #waiting: string[] = [];

  /** @param victim whose envelopes are answered; those of others are not */
  constructor(socket: Socket, certificate: RTCCertificate, pair: Pair) {
    this.pair = pair;
    this.#socket = socket;
    this.#pc = new RTCPeerConnection({ certificates: [certificate] });
    this.#control = this.#pc.createDataChannel('rtcio:ctrl', { negotiated: true, id: 0 });
    this.closed = new Promise((resolve) => { this.#control.addEventListener('close', () => { resolve(); }); });
    this.#pc.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate) this.#signal({ candidate: candidate.toJSON() });
    });
    this.#control.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') for (const said of [JSON.parse(data) as Said | Said[]].flat()) this.#hear(said);
    });
  }

  get isOpen(): boolean {
    return this.#control.readyState === 'open';
  }

  async take({ description, candidate }: Signal): Promise<void> {
    if (candidate) { await this.#pc.addIceCandidate(candidate); return; }
    if (description?.type !== 'offer') return;
    const hex = /a=fingerprint:sha-256 (\S+)/i.exec(description.sdp ?? '')?.[1] ?? '';
    this.pair = { ...this.pair, peer: { ...this.pair.peer, fp: base64url(hex) } };
    await this.#pc.setRemoteDescription(description);
    await this.#pc.setLocalDescription();
    this.#signal({ description: this.#pc.localDescription?.toJSON() as unknown });
  }

  /** Sends as much as the browser takes at a time. @returns whether it left */
  async send(frame: Frame, name?: string): Promise<boolean> {
    const dc = name === undefined ? this.#control : this.dcs.get(name);
    while (dc?.readyState === 'open' && dc.bufferedAmount > BUFFERED_BYTES) await pause();
    if (dc?.readyState !== 'open' || !this.isOpen) return false;
    if (typeof frame === 'string') dc.send(frame); else dc.send(frame);
    return true;
  }

  /** Everything has left this machine. */
  async drained(): Promise<void> {
    const all = [this.#control, ...this.dcs.values()];
    const isUnderWay = ({ readyState, bufferedAmount }: RTCDataChannel) => readyState === 'open' && bufferedAmount > 0;
    while (this.isOpen && all.some(isUnderWay)) await pause();
  }

  close(): void {
    this.#pc.close();
    this.#socket.disconnect();
  }

  /** The engine knows us from here on: it answers our hello by what it says next. */
  async heard(event: string): Promise<void> {
    await untilTrue(() => this.#waiting.includes(event) || !this.isOpen, `the engine said ${event}`);
  }

  #hear({ e, d }: Said): void {
    this.#waiting.push(e);
    if (this.#waiting.length > 50) this.#waiting.shift();
    if (e === HELLO) {
      const { features } = d[0] as { features: string[] };
      const { room, self, peer } = this.pair;
      this.#tell(HELLO, {
        v: 1, features, limits: { frameChars: 65_536, eventsPerSecond: 1000, eventsBurst: 2000, eventBytes: 1_000_000 }, room,
        from: self.id, to: peer.id, fpFrom: self.fp, fpTo: peer.fp, vouchFrom: '', vouchTo: '',
      });
    } else if (e === CHANNEL) {
      this.#channel(d[0] as Wish);
    }
  }

  /** Wants what the engine wants, and creates it where the engine did, or where nobody has. */
  #channel({ name, open, wish, id }: Wish): void {
    if (!open || this.dcs.has(name)) return;
    if (id === undefined) this.#tell(CHANNEL, { name, open: true, wish: 1 });
    const allocates = this.pair.self.id < this.pair.peer.id;
    if (id === undefined && !allocates) return;
    const stream = id ?? this.dcs.size + 1;
    const dc = this.#pc.createDataChannel(`rtcio:ch:${name}`, { negotiated: true, id: stream });
    this.dcs.set(name, dc);
    dc.addEventListener('open', () => { this.#tell(CHANNEL, { name, open: true, wish, id: stream }); });
  }

  #tell(e: string, ...d: unknown[]): void {
    if (this.isOpen) this.#control.send(JSON.stringify({ e, d }));
  }

  #signal(data: unknown): void {
    this.#socket.emit('#rtcio:message', { target: this.pair.peer.id, data });
  }
}

/** Meets the engine `victim` in a room of a relay. */
async function meet(origin: string, room: string, victim: string): Promise<RawPeer> {
  const curve: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
  const certificate = await RTCPeerConnection.generateCertificate(curve);
  const fp = base64url(certificate.getFingerprints().find(({ algorithm }) => algorithm === 'sha-256')?.value ?? '');
  const socket = io(origin, { transports: ['websocket'], forceNew: true, reconnection: false });
  await new Promise<void>((resolve, reject) => { socket.once('connect', resolve).once('connect_error', reject); });
  const peer = new RawPeer(socket, certificate, { room, self: { id: socket.id ?? '', fp }, peer: { id: victim, fp: '' } });
  socket.on('#rtcio:message', ({ source, data }: { source: string; data: object }) => {
    if (source === victim) void peer.take(data);
  });
  const request = { roomId: room, name: 'Raw', engine: { v: 1 }, fp };
  const ack = await socket.timeout(5000).emitWithAck('join-room', request) as { ok: boolean };
  if (!ack.ok) throw new Error(`refused: ${JSON.stringify(ack)}`);
  await untilTrue(() => peer.isOpen, 'the control channel opened');
  await peer.heard(CHANNEL); // Of a channel that it wants: said once our hello was taken.
  return peer;
}

let peer: RawPeer | undefined;

/** Sends a part of a run; where the engine closes, comes again as somebody else and goes on. @returns how often it was met */
export async function fire(origin: string, room: string, victim: string, { seed, from, count, channel }: Round): Promise<number> {
  let meetings = 0;
  for (let index = from; index < from + count;) {
    if (!peer?.isOpen) {
      peer?.close();
      peer = await meet(origin, room, victim);
      meetings++;
    }
    const { pair, dcs } = peer;
    if (channel !== undefined) await untilTrue(() => dcs.get(channel)?.readyState === 'open' || !peer?.isOpen, `${channel} opened`);
    const frame = channel === undefined ? controlFrame(seed, index, pair, index % 500 === 0) : channelFrame(seed, index, pair);
    if (await peer.send(frame, channel)) index++;
    else if (channel !== undefined && peer.isOpen) peer.close(); // The channel alone was closed: anew.
  }
  await peer?.drained();
  return meetings;
}

export function part(): void {
  peer?.close();
  peer = undefined;
}

function base64url(hex: string): string {
  const bytes = hex.split(':').map((byte) => parseInt(byte, 16));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function pause(): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, 0); });
}

async function untilTrue(condition: () => boolean, what: string): Promise<void> {
  const endMs = performance.now() + WAIT_MS;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error(`It never came true that ${what}.`);
    await pause();
  }
}
