import { connect } from 'node:net';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { ORIGIN } from '../../server/relay.testing.ts';
import type { Payload } from './payloads.ts';

const ANSWER_MS = 10_000;
/** So many answers may be due at a time: a connection that ends takes them with it. */
const MAX_DUE = 5;

/** One connection after the other to the relay: each payload goes over the one that is open. */
export class Attacker {
  readonly #port: number;
  readonly #token: string;
  readonly #home: string | undefined;
  readonly #due = new Map<number, string>();
  #socket: WebSocket | undefined;
  #acks = 0;
  /** Its id in socket.io, while it has one. */
  id = '';
  /** Answers by event. */
  readonly reached = new Map<string, number>();
  /** Answers by code. */
  readonly codes = new Map<string, number>();

  /** @param home the room that each of its connections begins in, if any */
  constructor(port: number, token: string, home?: string) {
    this.#port = port;
    this.#token = token;
    this.#home = home;
  }

  async fire(payload: Payload): Promise<void> {
    // What follows may end the connection: what was asked over it is answered first.
    if (payload.kind !== 'event' || this.#due.size >= MAX_DUE) await this.settle();
    if (payload.kind === 'handshake') { await this.#shake(payload.query, payload.headers); return; }
    if (payload.kind === 'request') { await this.#request(payload.bytes); return; }
    const socket = await this.#open();
    switch (payload.kind) {
      case 'event': this.#ask(socket, payload.name, payload.args); break;
      case 'text': socket.send(payload.text); break;
      case 'binary': socket.send(payload.bytes); break;
      case 'fragments': {
        const { parts, isWhole } = payload;
        for (const [i, part] of parts.entries()) socket.send(part, { fin: isWhole && i === parts.length - 1 });
        // Half a message, and nothing more: the connection is left like that.
        if (!isWhole) this.#drop();
        break;
      }
      case 'control':
        if (payload.opcode === 'close') { socket.close(1000 + (payload.bytes.length % 4 === 1 ? 0 : 1), 'x'); this.#drop(); }
        else socket[payload.opcode](payload.bytes);
        break;
      case 'bytes': {
        const { _socket: tcp } = socket as unknown as { _socket: { write(bytes: Buffer): void } };
        tcp.write(payload.bytes);
        this.#drop();
      }
    }
    // Out of this process before the next.
    if (socket.bufferedAmount > 100_000) await new Promise((resolve) => { setImmediate(resolve); });
  }

  /** Everything that was asked over the open connection is answered. @throws Error if not */
  async settle(): Promise<void> {
    const deadlineMs = performance.now() + ANSWER_MS;
    while (this.#due.size > 0 && this.#socket?.readyState === WebSocket.OPEN) {
      if (performance.now() > deadlineMs) throw new Error(`never answered: ${[...new Set(this.#due.values())].join(', ')}`);
      await new Promise((resolve) => { setImmediate(resolve); });
    }
  }

  close(): void {
    this.#socket?.terminate();
  }

  /** From now on over another connection; this one may stay as long as the relay lets it. */
  #drop(): void {
    const dropped = this.#socket;
    this.#socket = undefined;
    this.#due.clear();
    setTimeout(() => { dropped?.terminate(); }, 200);
  }

  async #open(): Promise<WebSocket> {
    if (this.#socket?.readyState === WebSocket.OPEN) return this.#socket;
    this.#due.clear();
    const socket = new WebSocket(`ws://127.0.0.1:${this.#port}/socket.io/?EIO=4&transport=websocket`, { origin: ORIGIN });
    socket.on('error', () => { /* It shows as a close. */ });
    await once(socket, 'open');
    const greeted = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        if (text.startsWith('40{')) {
          this.id = (JSON.parse(text.slice(2)) as { sid: string }).sid;
          resolve();
        }
        this.#hear(socket, text);
      });
      socket.once('close', () => { resolve(); });
    });
    socket.send(`40${JSON.stringify({ token: this.#token })}`);
    await greeted;
    this.#socket = socket;
    if (socket.readyState !== WebSocket.OPEN) return this.#open();
    if (this.#home !== undefined) this.#ask(socket, 'join-room', JSON.stringify({ roomId: this.#home, engine: { v: 1 } }));
    return socket;
  }

  #ask(socket: WebSocket, name: string, args: string): void {
    const ack = ++this.#acks;
    this.#due.set(ack, name);
    socket.send(`42${ack}[${JSON.stringify(name)},${args}]`);
  }

  #hear(socket: WebSocket, text: string): void {
    if (text === '2') socket.send('3');
    const [, ack, answer] = /^43(\d+)(\[.*)$/s.exec(text) ?? [];
    const name = this.#due.get(Number(ack));
    if (socket !== this.#socket || answer === undefined || name === undefined) return;
    this.#due.delete(Number(ack));
    const code = /"code":"([a-z-]+)"/.exec(answer.slice(0, 100))?.[1] ?? 'ok';
    this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
    this.reached.set(name, (this.reached.get(name) ?? 0) + 1);
  }

  async #shake(query: string, headers: Record<string, string>): Promise<void> {
    const socket = new WebSocket(`ws://127.0.0.1:${this.#port}/socket.io/?${query}`, { headers, handshakeTimeout: ANSWER_MS });
    socket.on('error', () => { /* It shows as a close. */ });
    socket.once('open', () => { socket.terminate(); });
    await closeOf(socket);
  }

  async #request(bytes: Buffer): Promise<void> {
    const socket = connect(this.#port, '127.0.0.1');
    socket.on('error', () => { /* It shows as a close. */ });
    socket.write(bytes);
    // The relay need not close it: some of it is the beginning of something that could go on.
    socket.setTimeout(50, () => { socket.destroy(); });
    socket.resume();
    await closeOf(socket);
  }
}

/** Not `once` of node:events: that one rejects at an error, which is what is expected here. */
function closeOf(socket: { once(event: 'close', listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => { socket.once('close', () => { resolve(); }); });
}
