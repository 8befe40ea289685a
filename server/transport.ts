import type { IncomingMessage } from 'node:http';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import type { Admission } from './admission.ts';
import type { RelayLimits } from './limits.ts';
import { Link } from './link.ts';
import type { EngineConnection, RefusalCode, RelayServer, RelaySocket } from './types.ts';

export interface TransportOptions {
  /** Where socket.io is attached: an http or https server. */
  server: NonNullable<ConstructorParameters<typeof Server>[0]>;
  /** Another's server may have WebSockets of its own beside ours. */
  ownServer: boolean;
  admission: Admission;
  limits: RelayLimits;
  path: string;
  polling: boolean;
  onSocket: (socket: RelaySocket, link: Link) => void;
}

/** How long a close waits for the far ends to say goodbye. */
const CLOSE_MS = 250;

/** socket.io as strict as it goes: who may connect, and one {@link Link} for each connection. */
export class Transport {
  readonly #io: RelayServer;
  readonly #admission: Admission;
  readonly #limits: RelayLimits;
  readonly #polling: boolean;
  readonly #links = new Map<EngineConnection, Link>();
  /** With polling: the address and origin that a session of engine.io began with. */
  readonly #sessions = new Map<string, string>();

  constructor({ server, ownServer, admission, limits, path, polling, onSocket }: TransportOptions) {
    this.#admission = admission;
    this.#limits = limits;
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
      connectTimeout: limits.connectMs,
      pingInterval: limits.pingIntervalMs,
      pingTimeout: limits.pingTimeoutMs,
      allowRequest: (request, done) => {
        const refusal = admission.admit(request);
        done(refusal, refusal === undefined);
      },
      // `allowRequest` has decided on the handshake; CORS only lets the page read what polling answers.
      ...(polling && { cors: { origin: true } }),
    };
    this.#io = new Server(server, options);
    this.#io.engine.use((request: IncomingMessage, _response: unknown, next: (error?: Error) => void) => {
      next(this.#ownsSession(request) ? undefined : new Error('this session is not yours'));
    });
    this.#io.engine.on('connection', (conn: EngineConnection) => { this.#open(conn); });
    this.#io.on('connection', (socket) => {
      const link = this.#links.get(socket.conn);
      if (!link) return;
      link.bind(socket);
      // One socket a connection: a second one over it would begin with fresh limits.
      socket.once('disconnect', () => { socket.conn.close(); });
      onSocket(socket, link);
    });
  }

  socketOf(socketId: string): RelaySocket | undefined {
    return this.#io.sockets.sockets.get(socketId);
  }

  /** An event of the app: its name is in no map of the protocol. */
  emitTo(socket: RelaySocket, event: string, body: unknown): void {
    (socket as unknown as Socket).emit(event, body);
  }

  closeSocket(socketId: string, code: RefusalCode, message: string): void {
    const socket = this.socketOf(socketId);
    if (socket) this.#links.get(socket.conn)?.close(code, message);
  }

  /** Ends every connection; the http server is its owner's business. */
  async close(): Promise<void> {
    this.#admission.end();
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
    const gone = this.#admission.opened(conn.request);
    const { id: sessionId } = conn as unknown as { id: string };
    this.#sessions.set(sessionId, this.#ownerOf(conn.request));
    this.#links.set(conn, new Link(conn, this.#limits));
    conn.once('close', () => {
      gone();
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

  #ownerOf(request: IncomingMessage): string {
    return `${this.#admission.keyOf(request)} ${request.headers.origin ?? ''}`;
  }
}
