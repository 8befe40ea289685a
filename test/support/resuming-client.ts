/** A raw socket.io client that comes back with its token, written from docs/wire.md alone, and keeps who it knows. */
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { Ack, Announcement, Joined } from '../../src/protocol/wire.ts';

export interface ResumingOptions {
  /** A loopback address of its own, because relays limit what one address may do. */
  localAddress: string;
  roomId: string;
  query?: Record<string, string>;
}

export class ResumingClient {
  readonly socket: Socket;
  /** Those it was told to be in the room. */
  readonly roster = new Set<string>();
  /** What should not happen to anyone in a room whose relay dies. */
  readonly faults: string[] = [];
  /** How often it is in the room again, the first time included. */
  joins = 0;
  /** Code of the latest refusal. */
  refusal: string | undefined;
  #joined: Joined | undefined;
  readonly #met = new Set<string>();
  readonly #offeredTo = new Set<string>();

  constructor(origin: string, { localAddress, roomId, query = { room: roomId } }: ResumingOptions) {
    this.socket = io(origin, {
      transports: ['websocket'], forceNew: true, query, localAddress, extraHeaders: { origin },
      reconnectionDelay: 250, reconnectionDelayMax: 500,
    } as Parameters<typeof io>[1]);
    this.socket.on('connect', () => { this.#join(roomId); });
    this.socket.on('user-connected', ({ id, resumed }: Announcement) => {
      // Whoever comes back is announced as such, and never as somebody new.
      if (!resumed && this.#met.has(id)) this.faults.push(`${id} was doubled`);
      this.#met.add(id);
      this.roster.add(id);
    });
    this.socket.on('user-disconnected', ({ id }: { id: string }) => {
      this.faults.push(`${id} was given up`);
      this.roster.delete(id);
    });
    this.socket.on('#rtcio:init-offer', ({ source }: { source: string }) => {
      if (this.#offeredTo.has(source)) this.faults.push(`${source} was to be offered to again`);
      this.#offeredTo.add(source);
    });
  }

  get id(): string {
    return this.#joined?.id ?? '';
  }

  close(): void {
    this.socket.disconnect();
  }

  #join(roomId: string): void {
    const resume = this.#joined?.resume;
    const request = { roomId, name: 'someone', engine: { v: 1 }, ...(resume !== undefined && { resume }) };
    this.socket.emit('join-room', request, (ack: Ack<Joined>) => {
      this.refusal = ack.ok ? undefined : ack.error.code;
      if (this.refusal === 'relay-draining') this.socket.io.engine.close(); // And comes back by itself, to another one.
      if (!ack.ok) return;
      if (this.#joined && ack.id !== this.#joined.id) this.faults.push(`${this.#joined.id} became ${ack.id}`);
      this.#joined = ack;
      this.roster.clear();
      for (const { id } of ack.participants) this.roster.add(id);
      this.joins++;
    });
  }
}
