import { Manager } from 'socket.io-client';
import { RoomError } from '../shared/errors.ts';
import { onEnd } from '../shared/scope.ts';
import { explainConnectError, refusalOf, relayUrl } from './refusals.ts';
import type { Socket } from 'socket.io-client';
import type { Plain } from '../protocol/primitives.ts';
import type { RoomId } from '../protocol/wire.ts';
import type { Log } from '../shared/logger.ts';

export interface RelaySocketOptions {
  /** The relay's URL; a path prefix is kept. */
  server: string;
  roomId: RoomId;
  getToken: (() => string | undefined | Promise<string | undefined>) | undefined;
  log: Log;
  scope: AbortSignal;
}

const TIMEOUT_MS = 10_000;

/** A socket to the relay: connects when told to, and asks. */
export class RelaySocket {
  readonly io: Socket;
  readonly #options: RelaySocketOptions;
  /** Until its outcome: socket.io would send its CONNECT twice, for which a relay closes the connection. */
  #connecting = false;
  readonly #onNoToken: () => boolean;

  /** @param onNoToken `getToken` failed: `true` lets the attempt go on without one, else it ends */
  constructor(options: RelaySocketOptions, onNoToken: () => boolean) {
    const { server, roomId, scope } = options;
    const { origin, pathname } = relayUrl(server, 'socket.io');
    this.#options = options;
    this.#onNoToken = onNoToken;
    const manager = new Manager(origin, {
      path: pathname,
      // By this alone a proxy may send a room to the relay that has it.
      query: { room: roomId },
      transports: ['websocket'],
      // Our own: socket.io's has no way to try at once when the network or the page comes back.
      reconnection: false,
      autoConnect: false,
      timeout: TIMEOUT_MS,
    });
    this.io = manager.socket('/', { auth: (give) => { void this.#authenticate(give); } });
    const settled = () => { this.#connecting = false; };
    this.io.on('connect', settled).on('connect_error', settled).on('disconnect', settled);
    onEnd(scope, () => { this.io.disconnect(); });
  }

  get connected(): boolean {
    return this.io.connected;
  }

  /** @param timeoutMs until the attempt counts as failed */
  connect(timeoutMs = TIMEOUT_MS): void {
    if (this.#connecting || this.io.connected) return;
    this.#connecting = true;
    this.io.io.timeout(timeoutMs);
    this.io.connect();
  }

  /** Connects, and settles with the outcome. @throws RoomError that says why not. */
  async untilConnected(): Promise<void> {
    if (this.io.connected) return;
    const { io } = this;
    let stop = () => {};
    try {
      await new Promise<unknown>((resolve, reject) => {
        stop = () => { io.off('connect', resolve as () => void).off('connect_error', reject).off('disconnect', reject); };
        io.on('connect', resolve as () => void).on('connect_error', reject).on('disconnect', reject);
        this.connect();
      });
    } catch (error) {
      throw await explainConnectError(this.#options.server, error);
    } finally {
      stop();
    }
  }

  /** @throws RoomError with the relay's code; `request-timeout` where it does not answer. */
  async ask(event: string, ...body: unknown[]): Promise<Plain> {
    const reply = await this.io.timeout(TIMEOUT_MS).emitWithAck(event, ...body).catch((cause: unknown) => {
      throw new RoomError('request-timeout', `No answer to "${event}".`, { cause });
    }) as unknown;
    const refusal = refusalOf(reply);
    if (refusal) throw refusal;
    return reply as Plain;
  }

  /** The token travels here and never in a URL. */
  async #authenticate(give: (auth: { token?: string }) => void): Promise<void> {
    try {
      const token = await this.#options.getToken?.();
      give(token === undefined ? {} : { token });
    } catch (error) {
      this.#options.log('warn', 'getToken failed', { error: String(error) });
      if (this.#onNoToken()) { give({}); return; }
      this.io.disconnect();
      this.#connecting = false;
    }
  }
}
