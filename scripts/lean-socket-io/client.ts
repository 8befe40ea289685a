import { Emitter } from '@socket.io/component-emitter';
import { Engine, type EngineOptions } from './engine.ts';
import { ACK, CONNECT, CONNECT_ERROR, decode, DISCONNECT, encode, EVENT, type Packet } from './packet.ts';

type Listener = (...args: unknown[]) => void;
type Listeners = Record<string, Listener>;

interface SocketOptions {
  auth: (give: (auth: object) => void) => void;
}

/**
 * What the bundles hold in place of socket.io-client: as much of it as src/signaling and src/debug call. It does not reconnect,
 * and keeps nothing for another connection.
 */
export class Manager {
  readonly options: EngineOptions;
  /** The last one; for faults on purpose. */
  engine: Engine | undefined;

  constructor(origin: string, options: Omit<EngineOptions, 'origin'>) {
    this.options = { ...options, origin };
  }

  timeout(ms: number): void {
    this.options.timeout = ms;
  }

  socket(_namespace: '/', { auth }: SocketOptions): Socket {
    return new Socket(this, auth);
  }
}

class Socket extends Emitter<Listeners, Listeners> {
  readonly io: Manager;
  /** While connected. */
  id: string | undefined;
  readonly #auth: SocketOptions['auth'];
  /** The one that is heard. */
  #engine: Engine | undefined;
  #onAny: Listener = () => {};
  readonly #acks = new Map<number, (error?: Error, answer?: unknown) => void>();
  #nextAck = 0;

  constructor(io: Manager, auth: SocketOptions['auth']) {
    super();
    this.io = io;
    this.#auth = auth;
  }

  get connected(): boolean {
    return this.id !== undefined;
  }

  onAny(listener: Listener): void {
    this.#onAny = listener;
  }

  connect(): void {
    if (this.#engine) return;
    try {
      this.#engine = this.io.engine = this.#open();
    } catch (error) {
      // A page that came over https may not speak plainly.
      queueMicrotask(() => { super.emit('connect_error', error); });
    }
  }

  disconnect(): void {
    const { connected } = this;
    if (connected) this.#engine?.write(encode(DISCONNECT));
    this.#release();
    if (connected) this.#lost('io client disconnect');
  }

  /** Into the void where it is not connected. */
  override emit(event: string, ...args: unknown[]): this {
    if (this.#isThere()) this.#engine?.write(encode(EVENT, [event, ...args]));
    return this;
  }

  timeout(ms: number): { emitWithAck(event: string, ...args: unknown[]): Promise<unknown> } {
    return {
      emitWithAck: (event, ...args) => new Promise((resolve, reject) => {
        if (!this.#isThere()) throw new Error('socket is not connected');
        const id = this.#nextAck++;
        this.#engine?.write(encode(EVENT, [event, ...args], id));
        const settle = (error?: Error, answer?: unknown) => {
          clearTimeout(timer);
          this.#acks.delete(id);
          if (error) reject(error); else resolve(answer);
        };
        const timer = setTimeout(settle, ms, new Error('operation has timed out'));
        this.#acks.set(id, settle);
      }),
    };
  }

  #open(): Engine {
    let opened = false;
    const engine = new Engine(this.io.options, {
      open: () => {
        opened = true;
        this.#auth((auth) => { engine.write(encode(CONNECT, auth)); });
      },
      data: (text) => { this.#hear(text); },
      close: (reason, error) => {
        if (this.#engine !== engine) return;
        this.#engine = undefined;
        if (!opened || (error && !this.connected)) super.emit('connect_error', error ?? new Error(reason));
        if (opened) this.#lost(reason);
      },
    });
    return engine;
  }

  #isThere(): boolean {
    return this.connected && this.#engine?.isOverdue() === false;
  }

  #hear(text: string): void {
    let packet: Packet;
    try {
      packet = decode(text);
    } catch {
      this.#release();
      this.#lost('parse error');
      return;
    }
    switch (packet.type) {
      case CONNECT:
        this.id = packet.data.sid;
        super.emit('connect');
        break;
      case DISCONNECT:
        this.#release();
        this.#lost('io server disconnect');
        break;
      case CONNECT_ERROR:
        this.#release();
        super.emit('connect_error', Object.assign(new Error(String(packet.data.message)), { data: packet.data.data }));
        break;
      case EVENT:
        if (!this.connected) break;
        this.#onAny(...packet.data);
        super.emit(...packet.data);
        break;
      case ACK:
        if (packet.id !== undefined) this.#acks.get(packet.id)?.(undefined, packet.data[0]);
    }
  }

  #release(): void {
    const engine = this.#engine;
    this.#engine = undefined;
    engine?.close();
  }

  #lost(reason: string): void {
    this.id = undefined;
    super.emit('disconnect', reason);
    for (const settle of this.#acks.values()) settle(new Error('socket has been disconnected'));
  }
}
