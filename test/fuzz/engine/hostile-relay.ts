import { once } from 'node:events';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { root } from '../../../scripts/lib/root.mjs';
import { relayedEvent } from './relayed.ts';

const ME = 'victim';
const IDS = [ME, ...Array.from({ length: 12 }, (_, i) => `stranger-${i}`)];

/** A relay that lets an engine in and then tells it anything. */
export class HostileRelay {
  readonly #http = createServer();
  readonly #io = new Server(this.#http, { cors: { origin: '*' }, transports: ['websocket'] });
  readonly #sdp = readFileSync(`${root}/test/fixtures/chromium-offer.sdp`, 'utf8').replace(/\r?\n/g, '\r\n');
  readonly told = new Map<string, number>();
  #victim: Socket | undefined;

  constructor() {
    this.#io.on('connection', (socket) => {
      this.#victim = socket;
      socket.on('join-room', (_: unknown, ack: (reply: unknown) => void) => {
        ack({ ok: true, id: ME, resume: 'token', iceServers: [], participants: [] });
      });
      socket.on('#rtcio:ice-servers', (ack: (reply: unknown) => void) => { ack({ ok: true, iceServers: [] }); });
    });
  }

  async listen(): Promise<string> {
    this.#http.listen(0, '127.0.0.1');
    await once(this.#http, 'listening');
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  tell(seed: number, from: number, count: number): void {
    for (let index = from; index < from + count; index++) {
      const { event, body } = relayedEvent(seed, index, { ids: IDS, sdp: this.#sdp });
      this.told.set(event, (this.told.get(event) ?? 0) + 1);
      // Past the library's own check of names.
      this.#io.of('/').adapter.broadcast({ type: 2, nsp: '/', data: [event, body] }, { rooms: new Set(), except: new Set() });
    }
  }

  /** Something honest behind all of it: once the engine has heard it, it has heard everything. */
  announce(id: string): void {
    this.#victim?.emit('user-connected', { id, name: id, engine: { v: 1 } });
  }

  async close(): Promise<void> {
    await this.#io.close();
  }
}
