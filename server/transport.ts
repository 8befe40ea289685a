import type { IncomingMessage } from 'node:http';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import type { Admission } from './admission.ts';
import type { Greeter } from './auth/greeter.ts';
import type { Pass } from './auth/pass.ts';
import { Budget } from './budget.ts';
import type { RelayLimits } from './limits.ts';
import { isWebSocket, Link, type LinkOptions } from './link.ts';
import type { Meter } from './meter.ts';
import { Recent } from './recent.ts';
import type { Adapter } from './redis/redis-link.ts';
import type { EngineConnection, RefusalCode, RelayServer, RelaySocket } from './types.ts';

export interface TransportOptions {
  /** Where socket.io is attached: an http or https server. */
  server: NonNullable<ConstructorParameters<typeof Server>[0]>;
  /** Another's server may have WebSockets of its own beside ours. */
  ownServer: boolean;
  admission: Admission;
  greeter: Greeter;
  limits: RelayLimits;
  path: string;
  polling: boolean;
  meter: Meter;
  onSocket: (socket: RelaySocket, link: Link, pass: Pass) => void;
}

/** How long a close waits for the far ends to say goodbye. */
const CLOSE_MS = 250;

/** socket.io as strict as it goes: who may connect, and one {@link Link} for each connection. */
export class Transport {
  readonly #io: RelayServer;
  readonly #admission: Admission;
  readonly #linkOptions: LinkOptions;
  readonly #polling: boolean;
  readonly #links = new Map<EngineConnection, Link>();
  readonly #rooms = new Recent<Budget>();
  readonly #responses = new WeakMap<IncomingMessage, object>();
  /** With polling: the address and origin that a session of engine.io began with. */
  readonly #sessions = new Map<string, string>();

  constructor({ server, ownServer, admission, greeter, limits, path, polling, meter, onSocket }: TransportOptions) {
    this.#admission = admission;
    this.#linkOptions = {
      limits, meter,
      onFlood: (entry) => { admission.flooded(entry); },
      budgetOf: (roomId) => this.#rooms.use(roomId, () => new Budget(limits.roomMessages, limits.roomBytes)),
    };
    this.#polling = polling;
    const options: Partial<ServerOptions> = {
      path,
      transports: polling ? ['polling', 'websocket'] : ['websocket'],
      serveClient: false,
      allowEIO3: false,
      perMessageDeflate: false,
      httpCompression: false,
      destroyUpgrade: ownServer,
      maxHttpBufferSize: limits.messageBytes,
      connectTimeout: limits.connectMs + limits.authenticateMs,
      pingInterval: limits.pingIntervalMs,
      pingTimeout: limits.pingTimeoutMs,
      allowRequest: (request, done) => {
        const refusal = admission.admit(request);
        done(refusal, refusal === undefined);
      },
      // `allowRequest` decides on the handshake; CORS only says who may read what polling answers.
      ...(polling && {
        cors: ({ headers }: Pick<IncomingMessage, 'headers'>, done: (error: null, options: { origin: boolean }) => void) => {
          done(null, { origin: admission.isReadable(headers) });
        },
      }),
    };
    this.#io = new Server(server, options);
    this.#io.engine.use((request: IncomingMessage, response: object, next: (error?: Error) => void) => {
      this.#responses.set(request, response);
      next(this.#ownsSession(request) ? undefined : new Error('this session is not yours'));
    });
    boundFrames(this.#io.engine, limits.messageFrames);
    this.#io.engine.on('connection', (conn: EngineConnection) => { this.#open(conn); });
    this.#io.use((socket, next) => {
      void greeter.greet(socket, this.#links.get(socket.conn), admission.addressOf(socket.request)).then(next);
    });
    this.#io.on('connection', (socket) => {
      const link = this.#links.get(socket.conn);
      const pass = link && greeter.passFor(socket, link);
      if (!pass) return;
      this.#forgetRequest(socket.conn);
      link.bind(socket);
      onSocket(socket, link, pass);
    });
  }

  socketOf(socketId: string): RelaySocket | undefined {
    return this.#io.sockets.sockets.get(socketId);
  }

  /** An event of the app: its name is in no map of the protocol. */
  emitTo(socket: RelaySocket, event: string, body: unknown): void {
    (socket as unknown as Socket).emit(event, body);
  }

  /** From now on {@link carry} reaches other relays. */
  useAdapter(adapter: Adapter): void {
    this.#io.adapter(adapter);
    // Those of another's server that was listening already.
    for (const socket of this.#io.sockets.sockets.values()) void socket.join(socket.id);
  }

  /** An event for a socket of another relay. */
  carry(socketId: string, event: string, body: unknown): void {
    (this.#io as Server).to(socketId).emit(event, body);
  }

  closeSocket(socketId: string, code: RefusalCode, message: string): void {
    const socket = this.socketOf(socketId);
    if (socket) this.#links.get(socket.conn)?.close(code, message);
  }

  /** Open connections. */
  get size(): number {
    return this.#links.size;
  }

  /** Sends everyone away, one after the other: those who go all at once arrive all at once at the other relays. */
  async drain(overMs: number): Promise<void> {
    this.#admission.end('relay-draining');
    const links = [...this.#links.values()];
    const timers = links.map((link, index) => setTimeout(() => {
      link.close('relay-draining', 'This relay goes out of service; another one, or its successor, is there.');
    }, overMs * index / links.length).unref());
    await Promise.all(links.map((link) => link.gone));
    for (const timer of timers) clearTimeout(timer);
  }

  /** Ends every connection; the http server is its owner's business. */
  async close(): Promise<void> {
    this.#admission.end('relay-closed');
    const links = [...this.#links.values()];
    for (const link of links) link.close('relay-closed', 'The relay is going down.');
    await Promise.race([
      Promise.all(links.map((link) => link.gone)),
      new Promise((resolve) => { setTimeout(resolve, CLOSE_MS).unref(); }),
    ]);
    for (const link of links) link.destroy();
    this.#io.engine.close();
  }

  #open(conn: EngineConnection): void {
    const entry = this.#admission.opened(conn.request);
    const { id: sessionId } = conn as unknown as { id: string };
    if (this.#polling) this.#sessions.set(sessionId, this.#ownerOf(conn.request));
    const link = new Link(conn, entry, this.#linkOptions);
    this.#links.set(conn, link);
    conn.on('close', () => {
      link.ended();
      this.#admission.gone(entry);
      this.#sessions.delete(sessionId);
      this.#links.delete(conn);
    });
  }

  /**
   * Whoever names a session's id may take it over, and engine.io asks `allowRequest` only when none is named. Without polling
   * no honest client names one; with it, only where the session began.
   */
  #ownsSession(request: IncomingMessage): boolean {
    const named = new URL(request.url ?? '/', 'http://relay').searchParams.getAll('sid');
    const [id, more] = named;
    if (id === undefined) return true;
    return this.#polling && more === undefined && this.#sessions.get(id) === this.#ownerOf(request);
  }

  /**
   * A browser's headers are kilobytes, and engine.io would keep them as long as the connection, its response to the upgrade too.
   * Polling goes on to read them.
   */
  #forgetRequest(conn: EngineConnection): void {
    if (!isWebSocket(conn)) return;
    Object.assign(this.#responses.get(conn.request) ?? {}, { req: null });
    Object.assign(conn, { request: null });
  }

  #ownerOf(request: IncomingMessage): string {
    return `${this.#admission.keyOf(request)} ${request.headers.origin ?? ''}`;
  }
}

interface FrameBounds { maxFragments?: number }
interface WebSocketEngine {
  ws?: { options: FrameBounds };
  opts: { wsEngine: new (options: FrameBounds) => object };
}

/** engine.io hands none of the bounds of `ws` on but the size of a message, and makes its server anew once it listens. */
function boundFrames(engine: object, maxFragments: number): void {
  const { ws, opts } = engine as WebSocketEngine;
  if (ws) ws.options.maxFragments = maxFragments;
  opts.wsEngine = class extends opts.wsEngine {
    constructor(options: FrameBounds) {
      super({ ...options, maxFragments });
    }
  };
}
