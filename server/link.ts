import { TokenBucket } from '../src/protocol/token-bucket.ts';
import type { RelayLimits } from './limits.ts';
import type { EngineConnection, RefusalCode, RelaySocket } from './types.ts';

/** After a close the far end has this long to answer; then its TCP connection is cut. */
const LINGER_MS = 1_000;
/** Seconds of refill that a socket may be in debt (its messages are dropped) before it is closed. */
const DEBT_SECONDS = 2;

interface Packet { type: string; data?: unknown }

/** One transport connection and its bounds: what comes in, what waits to go out, how long it may stay without a room. */
export class Link {
  readonly #conn: EngineConnection;
  readonly #limits: RelayLimits;
  readonly #messages: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #joinTimer: NodeJS.Timeout;
  #socket: RelaySocket | undefined;
  #inDebt = false;
  /** Settles when the TCP connection has ended. */
  readonly gone: Promise<void>;
  #closed: RefusalCode | undefined;

  constructor(conn: EngineConnection, limits: RelayLimits) {
    this.#conn = conn;
    this.#limits = limits;
    this.#messages = new TokenBucket(limits.messages);
    this.#bytes = new TokenBucket(limits.bytes);
    this.#joinTimer = setTimeout(() => { this.close('join-timeout', 'No room was joined in time.'); }, limits.joinMs);
    this.gone = new Promise((resolve) => { conn.request.socket.once('close', () => { resolve(); }); });
    conn.on('packet', (packet: Packet) => { this.#receive(packet); });
    conn.once('close', () => { clearTimeout(this.#joinTimer); });
    this.#watchReader();
  }

  /** Over a limit: what arrives now is dropped. */
  get inDebt(): boolean {
    return this.#inDebt;
  }

  /** Why the relay closed it, if it did: what still arrives is not heard. */
  get closed(): RefusalCode | undefined {
    return this.#closed;
  }

  /** The socket over which a farewell can be said. */
  bind(socket: RelaySocket): void {
    this.#socket = socket;
  }

  joined(): void {
    clearTimeout(this.#joinTimer);
  }

  /** Says why, then closes the transport (not the socket), so that the client may come back by itself. */
  close(code: RefusalCode, message: string): void {
    if (this.#closed) return;
    this.#closed = code;
    this.#socket?.emit('#rtcio:closed', { code, message });
    this.#conn.close();
    // Someone who does not read would keep the transport waiting for its drain; a flooder would go on sending.
    setTimeout(() => { this.destroy(); }, LINGER_MS).unref();
  }

  destroy(): void {
    this.#conn.close(true);
    if (this.#conn.transport.name === 'websocket') this.#conn.request.socket.destroy();
  }

  #receive({ type, data }: Packet): void {
    const binary = data !== undefined && typeof data !== 'string';
    // socket.io packet types 5 and 6 announce attachments.
    if (binary || (type === 'message' && /^[56]/.test(data ?? ''))) {
      this.close('invalid-message', 'Binary attachments are not carried.');
      return;
    }
    const { messages, bytes } = this.#limits;
    const messagesLeft = this.#messages.charge(1);
    const bytesLeft = this.#bytes.charge(Buffer.byteLength(data ?? ''));
    this.#inDebt = messagesLeft < 0 || bytesLeft < 0;
    if (messagesLeft < -DEBT_SECONDS * messages.perSecond || bytesLeft < -DEBT_SECONDS * bytes.perSecond) {
      this.close('rate-limited', 'Too many messages.');
    }
  }

  /** Counts what was handed to the transport and not yet taken by the kernel, and what waits behind it. */
  #watchReader(): void {
    let waiting = 0;
    let inFlight = 0;
    this.#conn.on('packetCreate', ({ data }: Packet) => {
      waiting += typeof data === 'string' ? Buffer.byteLength(data) : 0;
      if (waiting + inFlight <= this.#limits.sendBufferBytes || this.#closed) return;
      this.#closed = 'rate-limited';
      // Not from within the emit that found it: who is being told something is not removed meanwhile.
      queueMicrotask(() => { this.destroy(); });
    });
    this.#conn.on('flush', () => {
      inFlight = waiting;
      waiting = 0;
      this.#conn.transport.once('drain', () => { inFlight = 0; });
    });
  }
}
