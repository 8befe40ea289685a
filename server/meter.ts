import type { RefusalCode } from './types.ts';

/** Where a bound was met: the kinds are fixed, so that whoever counts them needs no bound. */
export type Bound = 'messages' | 'joins' | 'slow-reader';

/** What the relay counts, read or not: an increment each. No room, name or address is kept. */
export class Meter {
  /** Places taken, resumed ones included. */
  joins = 0;
  /** Delivered. */
  envelopes = 0;
  /** Came in over sockets, frames of control included. */
  bytes = 0;
  bans = 0;
  /** Handshakes and requests, by code. */
  readonly refusals = new Map<RefusalCode, number>();
  /** Sockets that the relay closed, by code. */
  readonly closes = new Map<RefusalCode, number>();
  readonly bounds = new Map<Bound, number>();

  refused(code: RefusalCode): void { add(this.refusals, code); }
  closed(code: RefusalCode): void { add(this.closes, code); }
  met(bound: Bound): void { add(this.bounds, bound); }
}

/** What is there now. */
export interface Census { rooms: number; participants: number; sockets: number }

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
