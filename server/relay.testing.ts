import { io, type Socket } from 'socket.io-client';
import type { TestContext } from 'node:test';
import { WebSocket } from 'ws';
import type { Ack, Joined } from '../src/protocol/wire.ts';
import { createRelay, type Relay, type RelayOptions } from './index.ts';

export const ORIGIN = 'http://localhost:8080';
export const SECRET = 'a secret of the tests';
export const FP = 'A'.repeat(43);

/** Generous to the one address that every test comes from. */
const ROOMY = {
  connects: { burst: 1000, perSecond: 1000 }, socketsPerAddress: 1000, rooms: { burst: 1000, perSecond: 1000 }, banFirstMs: 0,
};

/** In which a client hears anything that it waits for; a loaded machine takes its time. */
const HEAR_MS = 20_000;

export type TestRelay = Relay & { readonly port: number };

/** A relay on a free port that ends with the test. */
export async function startRelay<Bodies>(t: TestContext, options: RelayOptions<Bodies> = {}): Promise<TestRelay> {
  const relay = createRelay({
    port: 0, host: '127.0.0.1', secret: SECRET, stunPort: false, ...options, limits: { ...ROOMY, ...options.limits },
  });
  t.after(() => relay.close());
  const { port } = await relay.ready;
  return Object.assign(Object.create(relay) as Relay, { port });
}

/** A real socket.io client that remembers all it hears. */
export class TestClient {
  readonly socket: Socket;
  readonly heard: { event: string; body: unknown }[] = [];
  #taken = 0;
  readonly #waiting = new Set<() => void>();

  constructor(t: TestContext, { port }: { port: number }, options: { origin?: string; transports?: string[]; auth?: object } = {}) {
    this.socket = io(`http://127.0.0.1:${port}`, {
      transports: options.transports ?? ['websocket'], forceNew: true, reconnection: false,
      extraHeaders: { origin: options.origin ?? ORIGIN }, auth: options.auth ?? {},
    });
    this.socket.onAny((event: string, body: unknown) => { this.#hear(event, body); });
    this.socket.on('disconnect', (reason) => { this.#hear('disconnect', reason); });
    this.socket.on('connect_error', (error) => { this.#hear('connect_error', error); });
    t.after(() => { this.socket.disconnect(); });
  }

  get id(): string {
    return this.socket.id ?? '';
  }

  ask<T extends object = object>(event: string, ...body: unknown[]): Promise<Ack<T>> {
    return this.socket.timeout(5_000).emitWithAck(event, ...body) as Promise<Ack<T>>;
  }

  /** Joins as an engine, unless told otherwise. */
  async join(roomId: string, more: object = {}): Promise<Joined> {
    const ack = await this.ask<Joined>('join-room', { roomId, name: 'someone', engine: { v: 1 }, ...more });
    if (!ack.ok) throw new Error(`the join was refused: ${ack.error.code}`);
    return ack;
  }

  /** The code of the refusal, or `ok`. */
  async codeOf(event: string, ...body: unknown[]): Promise<string> {
    const ack = await this.ask(event, ...body);
    return ack.ok ? 'ok' : ack.error.code;
  }

  /** The next event of this name, from those heard and not asked for yet. */
  async next(event: string): Promise<unknown> {
    for (;;) {
      const index = this.heard.findIndex((entry, at) => at >= this.#taken && entry.event === event);
      if (index >= 0) {
        this.#taken = index + 1;
        return this.heard[index]?.body;
      }
      await this.#nextHeard(event);
    }
  }

  #nextHeard(awaited: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`No ${awaited} within ${HEAR_MS} ms, but ${this.heard.map(({ event }) => event).join()}.`));
      }, HEAR_MS).unref(); // Some wait for what must not come, and end before.
      this.#waiting.add(() => { clearTimeout(timer); resolve(); });
    });
  }

  /** All that was sent to this client until now has arrived: the transport keeps the order. */
  async settled(): Promise<string[]> {
    await this.ask('#rtcio:ice-servers');
    return this.heard.map(({ event }) => event);
  }

  /** The connection vanishes, nothing is said. */
  vanish(): void {
    this.socket.io.engine.close();
  }

  #hear(event: string, body: unknown): void {
    this.heard.push({ event, body });
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

export function four(t: TestContext, relay: { port: number }): [TestClient, TestClient, TestClient, TestClient] {
  const make = () => new TestClient(t, relay);
  return [make(), make(), make(), make()];
}

/** A raw WebSocket at engine.io's door. */
export function rawSocket(
  t: TestContext, { port }: { port: number }, query = '', headers: Record<string, string> = {},
): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket${query}`, { headers });
  t.after(() => { socket.terminate(); });
  return socket;
}

/** How a raw handshake ended: `open`, or the status of its refusal. */
export function handshake(socket: WebSocket): Promise<'open' | number> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => { resolve('open'); });
    socket.once('unexpected-response', (_request, response) => { resolve(response.statusCode ?? 0); });
    socket.once('error', reject);
  });
}

/** A raw WebSocket that has been greeted by socket.io: before that, events end the connection. */
export async function greeted(t: TestContext, relay: { port: number }): Promise<WebSocket> {
  const socket = rawSocket(t, relay, '', { origin: ORIGIN });
  await handshake(socket);
  socket.send('40');
  await answerOf(socket, '40');
  return socket;
}

/** The first frame that begins so. */
export function answerOf(socket: WebSocket, beginning: string): Promise<string> {
  return new Promise((resolve) => {
    socket.on('message', (data: Buffer) => { if (data.toString().startsWith(beginning)) resolve(data.toString()); });
  });
}

export function closed(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => { socket.once('close', resolve); });
}
