import { TokenBucket } from '../src/protocol/token-bucket.ts';
import type { RoomId } from '../src/protocol/wire.ts';
import { Budget } from './budget.ts';
import type { RelayLimits } from './limits.ts';
import { Recent } from './recent.ts';

/** What comes from one address, counted over all of its sockets, past ones included. */
export class Caller {
  readonly budget: Budget;
  readonly connects: TokenBucket;
  /** Sockets open now. */
  sockets = 0;
  readonly #joins: TokenBucket;
  readonly #newRooms: TokenBucket;
  readonly #rooms: Recent<true>;

  constructor(limits: RelayLimits) {
    this.budget = new Budget(limits.addressMessages, limits.addressBytes);
    this.connects = new TokenBucket(limits.connects);
    this.#joins = new TokenBucket(limits.addressJoins);
    this.#newRooms = new TokenBucket(limits.rooms);
    this.#rooms = new Recent(limits.rooms.burst);
  }

  mayJoin(): boolean {
    return this.#joins.take();
  }

  /** Coming back to a room that was entered lately counts as no new one. */
  mayEnter(roomId: RoomId): boolean {
    const isAllowed = this.#rooms.peek(roomId) ?? this.#newRooms.take();
    if (isAllowed) this.#rooms.set(roomId, true);
    return isAllowed;
  }
}

/** The callers by address: all that have sockets, and those of the past as far as there is place. */
export class Callers {
  readonly #open = new Map<string, Caller>();
  readonly #past: Recent<Caller>;
  readonly #limits: RelayLimits;

  constructor(limits: RelayLimits, maxPast?: number) {
    this.#limits = limits;
    this.#past = new Recent(maxPast);
  }

  get size(): number {
    return this.#open.size + this.#past.size;
  }

  of(key: string): Caller {
    return this.#open.get(key) ?? this.#past.use(key, () => new Caller(this.#limits));
  }

  opened(key: string): Caller {
    const caller = this.of(key);
    caller.sockets++;
    this.#open.set(key, caller);
    return caller;
  }

  closed(key: string): void {
    const caller = this.#open.get(key);
    if (!caller || --caller.sockets > 0) return;
    this.#open.delete(key);
    this.#past.set(key, caller);
  }
}
