import { Engine, type EngineOptions } from './engine.ts';
import { ACK, CONNECT, CONNECT_ERROR, decode, DISCONNECT, encode, EVENT, type Packet } from './packet.ts';

type Listener = (...args: unknown[]) => void;

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

class Socket {
  readonly io: Manager;
  /** While connected. */
  id: string | undefined;
  readonly #auth: SocketOptions['auth'];
  /** The one that is heard. */
  #engine: Engine | undefined;
  #onAny: Listener = () => {};
  /** A list is never changed, only replaced: who is told of an event was listening when it began. */
  readonly #listeners = new Map<string, readonly Listener[]>();
  readonly #acks = new Map<number, (error?: Error, answer?: unknown) => void>();
  #nextAck = 0;

  constructor(io: Manager, auth: SocketOptions['auth']) {
    this.io = io;
    this.#auth = auth;
  }

  get connected(): boolean {
    return this.id !== undefined;
  }

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...this.listeners(event), listener]);
    return this;
  }

  off(event: string, listener: Listener): this {
    this.#listeners.set(event, this.listeners(event).filter((one) => one !== listener));
    return this;
  }

  listeners(event: string): readonly Listener[] {
    return this.#listeners.get(event) ?? [];
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
      queueMicrotask(() => { this.#tell('connect_error', error); });
    }
  }

  disconnect(): void {
    const { connected } = this;
    if (connected) this.#engine?.write(encode(DISCONNECT));
    this.#release();
    if (connected) this.#lost('io client disconnect');
  }

  /** Into the void where it is not connected. */
  emit(event: string, ...args: unknown[]): this {
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
        if (!opened || (error && !this.connected)) this.#tell('connect_error', error ?? new Error(reason));
        if (opened) this.#lost(reason);
      },
    });
    return engine;
  }

  #tell(event: string, ...args: unknown[]): void {
    for (const listener of this.listeners(event)) listener(...args);
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
        this.#tell('connect');
        break;
      case DISCONNECT:
        this.#release();
        this.#lost('io server disconnect');
        break;
      case CONNECT_ERROR:
        this.#release();
        this.#tell('connect_error', Object.assign(new Error(String(packet.data.message)), { data: packet.data.data }));
        break;
      case EVENT:
        if (!this.connected) break;
        this.#onAny(...packet.data);
        this.#tell(...packet.data);
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
    this.#tell('disconnect', reason);
    for (const settle of this.#acks.values()) settle(new Error('socket has been disconnected'));
  }
}
