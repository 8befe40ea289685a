import { TokenBucket } from '../src/protocol/token-bucket.ts';
import type { Rate } from './limits.ts';

/** How many messages and bytes may come: of a socket, from an address, within a room. */
export class Budget {
  readonly #messages: TokenBucket;
  readonly #bytes: TokenBucket;

  constructor(messages: Rate, bytes: Rate, nowMs = performance.now()) {
    this.#messages = new TokenBucket(messages, nowMs);
    this.#bytes = new TokenBucket(bytes, nowMs);
  }

  /**
   * Charges one message that has arrived already.
   * @returns the seconds until the debt is paid; 0 where there is none.
   */
  charge(bytes: number, nowMs: number): number {
    return Math.max(this.#messages.debtSeconds(1, nowMs), this.#bytes.debtSeconds(bytes, nowMs));
  }

  /** Takes one message, whole or not at all: for what is shared, so that nobody's flood becomes everybody's debt. */
  take(bytes: number, nowMs: number): boolean {
    const enough = this.#messages.charge(0, nowMs) >= 1 && this.#bytes.charge(0, nowMs) >= bytes;
    if (enough) this.charge(bytes, nowMs);
    return enough;
  }
}
