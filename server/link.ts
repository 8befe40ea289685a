import type { Socket } from 'node:net';
import { TokenBucket } from '../src/protocol/token-bucket.ts';
import type { RoomId } from '../src/protocol/wire.ts';
import { Budget } from './budget.ts';
import type { Entry } from './admission.ts';
import type { RelayLimits } from './limits.ts';
import type { Meter } from './meter.ts';
import type { EngineConnection, RefusalCode, RelaySocket } from './types.ts';

/** After a close the far end has this long to answer; then its TCP connection is cut. */
const LINGER_MS = 1_000;
/** Seconds of refill that a socket may be in debt (its messages are dropped) before it is closed. */
const DEBT_SECONDS = 2;

/** What all of them share. */
export interface LinkOptions {
  limits: RelayLimits;
  budgetOf(roomId: RoomId): Budget;
  meter: Meter;
  /** It was closed for a flood. */
  onFlood(entry: Entry): void;
}

/** What is left of a handshake. */
const NOTHING = Object.freeze({});

interface Packet { type: string; data?: unknown }
/** What engine.io's transport has, and its types hide: the WebSocket of `ws`. */
interface Wire {
  socket?: {
    readonly bufferedAmount: number;
    on(event: 'ping' | 'pong', listener: (data: Buffer) => void): unknown;
    pause(): void;
    terminate(): void;
  };
}

/** One transport connection and its bounds: what comes in, what waits to go out, how long it may stay without a room. */
export class Link {
  readonly #conn: EngineConnection;
  readonly #entry: Entry;
  readonly #o: LinkOptions;
  readonly #budget: Budget;
  readonly #joins: TokenBucket;
  readonly #tcp: Socket | undefined;
  #joinTimer: NodeJS.Timeout | undefined;
  #greeted = false;
  #room: Budget | undefined;
  #socket: RelaySocket | undefined;
  #inDebt = false;
  /** Characters that were not handed to the transport yet. */
  #waiting = 0;
  #closed: RefusalCode | undefined;

  constructor(conn: EngineConnection, entry: Entry, options: LinkOptions) {
    const { limits } = options;
    this.#conn = conn;
    this.#entry = entry;
    this.#o = options;
    this.#budget = new Budget(limits.messages, limits.bytes);
    this.#joins = new TokenBucket(limits.joins);
    this.#joinTimer = this.#expectJoin(Math.min(limits.connectMs, limits.joinMs));
    // Between two polls engine.io would wait half a minute for the next one to say goodbye.
    Object.assign(conn.transport, { closeTimeout: LINGER_MS });
    // With polling the TCP connection of the handshake is not its own: browsers and proxies keep it for other requests.
    this.#tcp = isWebSocket(conn) ? conn.request.socket : undefined;
    conn.on('packet', (packet: Packet) => { this.#receive(packet); });
    conn.on('flush', () => { this.#waiting = 0; });
    conn.on('packetCreate', (packet: Packet) => { this.#watchReader(packet); });
    if (isWebSocket(conn)) this.#chargeControlFrames();
    else conn.on('upgrade', () => { this.#chargeControlFrames(); });
  }

  /** Settles when the connection has ended; where it began as a WebSocket, its TCP connection. */
  get gone(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#tcp?.destroyed ?? this.#conn.readyState === 'closed') resolve();
      else (this.#tcp ?? this.#conn).once('close', () => { resolve(); });
    });
  }

  /** Over a limit: what arrives now is dropped. */
  get inDebt(): boolean {
    return this.#inDebt;
  }

  /** Why the relay closed it, if it did: what still arrives is not heard. */
  get closed(): RefusalCode | undefined {
    return this.#closed;
  }

  /** Authentication begins, which has a limit of its own. @returns false the second time: one socket a connection. */
  greet(): boolean {
    this.#endTimer();
    const isFirst = !this.#greeted;
    this.#greeted = true;
    return isFirst;
  }

  /** The socket over which a farewell can be said; it joins in time. */
  bind(socket: RelaySocket): void {
    this.#socket = socket;
    this.#joinTimer = this.#expectJoin();
    // A token among them; the pass has what is asked again.
    Object.assign(socket.handshake, { headers: NOTHING, query: NOTHING, auth: NOTHING });
  }

  /** Counts a join, of whatever shape. @returns whether it is within the limits of the socket and of its address. */
  mayJoin(): boolean {
    return this.#noted(this.#joins.take() && this.#entry.caller.mayJoin());
  }

  /** Counts the rooms of the address. */
  mayEnter(roomId: RoomId): boolean {
    return this.#noted(this.#entry.caller.mayEnter(roomId));
  }

  /** It may stay although it is in no room: it waits to be let in. */
  waits(): void {
    this.#endTimer();
  }

  /** From now on the socket speaks at the room's expense too. */
  joined(roomId: RoomId): void {
    this.#endTimer();
    this.#room = this.#o.budgetOf(roomId);
  }

  /** It is in no room any more, and says nothing at its expense. */
  left(): void {
    this.#room = undefined;
  }

  /** Says why, then closes the transport (not the socket), so that the client may come back by itself. */
  close(code: RefusalCode, message: string): void {
    if (this.#closed) return;
    this.#closed = code;
    this.#o.meter.closed(code);
    this.#socket?.emit('#rtcio:closed', { code, message });
    this.#conn.close();
    // Someone who does not read would keep the transport waiting for its drain; a flooder would go on sending.
    setTimeout(() => { this.destroy(); }, LINGER_MS).unref();
  }

  /** The transport has closed. */
  ended(): void {
    this.#endTimer();
  }

  destroy(): void {
    const wire = this.#wire;
    this.#conn.close(true);
    wire?.terminate();
  }

  #expectJoin(ms = this.#o.limits.joinMs): NodeJS.Timeout {
    return setTimeout(() => { this.close('join-timeout', 'No room was joined in time.'); }, ms);
  }

  #endTimer(): void {
    clearTimeout(this.#joinTimer);
    this.#joinTimer = undefined;
  }

  #noted(isWithin: boolean): boolean {
    if (!isWithin) this.#o.meter.met('joins');
    return isWithin;
  }

  #receive({ type, data }: Packet): void {
    const text = data ?? '';
    // socket.io packet types 5 and 6 announce attachments.
    if (typeof text !== 'string' || (type === 'message' && (text.startsWith('5') || text.startsWith('6')))) {
      this.close('invalid-message', 'Binary attachments are not carried.');
      return;
    }
    this.#charge(Buffer.byteLength(text));
  }

  #charge(bytes: number): void {
    const { meter } = this.#o;
    meter.bytes += bytes;
    const nowMs = performance.now();
    const debtSeconds = Math.max(this.#budget.charge(bytes, nowMs), this.#entry.caller.budget.charge(bytes, nowMs));
    this.#inDebt = debtSeconds > 0 || this.#room?.take(bytes, nowMs) === false;
    if (this.#inDebt) meter.met('messages');
    if (debtSeconds <= DEBT_SECONDS || this.#closed) return;
    this.close('rate-limited', 'Too many messages.');
    // Nothing of it is read any more, so that what it still sends costs nobody's time.
    this.#wire?.pause();
    this.#o.onFlood(this.#entry);
  }

  get #wire(): Wire['socket'] {
    return (this.#conn.transport as Wire).socket;
  }

  /** They are no packets of engine.io, but each is answered. */
  #chargeControlFrames(): void {
    const charge = ({ length }: Buffer) => { this.#charge(length); };
    this.#wire?.on('ping', charge);
    this.#wire?.on('pong', charge);
  }

  /** Adds what the kernel has not taken yet. */
  #watchReader({ data }: Packet): void {
    if (typeof data === 'string') this.#waiting += data.length;
    if (this.#closed || this.#waiting + (this.#wire?.bufferedAmount ?? 0) <= this.#o.limits.sendBufferBytes) return;
    this.#closed = 'rate-limited';
    this.#o.meter.met('slow-reader');
    // Not from within the emit that found it: who is being told something is not removed meanwhile.
    queueMicrotask(() => { this.destroy(); });
  }
}

export function isWebSocket(conn: EngineConnection): boolean {
  return conn.transport.name === 'websocket';
}
