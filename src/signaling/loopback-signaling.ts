/**
 * A relay in memory: several participants in one page, no server. It behaves as socket.io does: it delays, keeps the order of
 * each direction, and at a break loses what was in flight both ways.
 */
import { Emitter } from '../shared/emitter.ts';
import { RoomError } from '../shared/errors.ts';
import { randomId } from '../shared/ids.ts';
import type { Announcement, Joined, JoinRequest, ParticipantId, NegotiationSignal } from '../protocol/wire.ts';
import type { Signaling, SignalingEvents } from './signaling.ts';

export interface LoopbackOptions {
  /** Milliseconds that one message takes; asked for each. @default 0 */
  delayMs?(): number;
  capacity?: number;
}

type Delivery = () => void;

/** One direction of one participant's link: in order, however the delays fall; emptied by a break. */
class Wire {
  readonly #delayMs: () => number;
  #tail: Promise<void> = Promise.resolve();
  #epoch = 0;

  constructor(delayMs: () => number) {
    this.#delayMs = delayMs;
  }

  carry(deliver: Delivery): void {
    const epoch = this.#epoch;
    const arrives = new Promise<void>((resolve) => { setTimeout(resolve, this.#delayMs()); });
    this.#tail = this.#tail.then(() => arrives).then(() => { if (epoch === this.#epoch) deliver(); });
  }

  break(): void {
    this.#epoch++;
  }
}

export class LoopbackRelay {
  readonly #members = new Map<ParticipantId, LoopbackSignaling>();
  readonly options: Required<LoopbackOptions>;

  constructor({ delayMs = () => 0, capacity = 64 }: LoopbackOptions = {}) {
    this.options = { delayMs, capacity };
  }

  get members(): readonly LoopbackSignaling[] {
    return [...this.#members.values()];
  }

  /** As the relay's own join: the ack goes first, then the others are told, and told to offer. */
  enter(newcomer: LoopbackSignaling, answer: (reply: Joined | RoomError) => void): void {
    if (this.#members.size >= this.options.capacity) {
      answer(new RoomError('room-full', 'The room is full.'));
      return;
    }
    const others = this.members;
    this.#members.set(newcomer.id, newcomer);
    answer({ id: newcomer.id, iceServers: [], participants: others.map(({ announcement }) => announcement) });
    for (const other of others) {
      other.deliver('announced', newcomer.announcement);
      other.deliver('init-offer', { source: newcomer.id });
    }
  }

  leave(leaver: LoopbackSignaling): void {
    if (!this.#members.delete(leaver.id)) return;
    for (const other of this.members) {
      other.deliver('peer-left', { id: leaver.id, reason: 'leave' });
      other.deliver('departed', { id: leaver.id });
    }
  }

  forward(source: ParticipantId, target: ParticipantId, data: NegotiationSignal): void {
    this.#members.get(target)?.deliver('envelope', { source, data: structuredClone(data) });
  }

  returned(who: LoopbackSignaling): void {
    const others = this.members.filter((member) => member !== who);
    who.deliver('returned', { id: who.id, iceServers: [], participants: others.map(({ announcement }) => announcement) });
    for (const other of others) other.deliver('announced', { ...who.announcement, resumed: true });
  }
}

export class LoopbackSignaling implements Signaling {
  readonly id = randomId(15);
  readonly events = new Emitter<SignalingEvents>();
  announcement: Announcement = { id: this.id };
  readonly #relay: LoopbackRelay;
  readonly #up: Wire;
  readonly #down: Wire;
  #connected = true;

  constructor(relay: LoopbackRelay) {
    this.#relay = relay;
    this.#up = new Wire(relay.options.delayMs);
    this.#down = new Wire(relay.options.delayMs);
  }

  connect(): void {
    // Nothing to connect to.
  }

  join({ roomId: _, ...presented }: JoinRequest): Promise<Joined> {
    this.announcement = { id: this.id, ...presented };
    return new Promise<Joined>((resolve, reject) => {
      this.#up.carry(() => {
        this.#relay.enter(this, (reply) => {
          this.#down.carry(() => { if (reply instanceof RoomError) reject(reply); else resolve(reply); });
        });
      });
    });
  }

  send(target: ParticipantId, data: NegotiationSignal): void {
    if (this.#connected) this.#up.carry(() => { this.#relay.forward(this.id, target, data); });
  }

  emit(event: string): Promise<never> {
    return Promise.reject(new RoomError('unknown-event', `Nobody handles "${event}" on a loopback relay.`));
  }

  leave(): void {
    this.#relay.leave(this);
  }

  /** The relay's side: one event to this participant. */
  deliver<E extends keyof SignalingEvents>(event: E, payload: SignalingEvents[E]): void {
    if (this.#connected) this.#down.carry(() => { this.events.emit(event, payload); });
  }

  /** The link breaks: what is in flight is lost both ways. */
  break(): void {
    this.#up.break();
    this.#down.break();
    this.#connected = false;
    this.events.emit('lost', {});
  }

  /** The link is back, with its place kept. */
  restore(): void {
    this.#connected = true;
    this.#relay.returned(this);
  }
}
