import type { Rate } from './limits.ts';

/** A token bucket: `burst` at once, `perSecond` coming back. */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #at: number;

  constructor(rate: Rate, nowMs = performance.now()) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#at = nowMs;
  }

  /** Takes `cost` if it is there. */
  take(cost = 1, nowMs = performance.now()): boolean {
    this.#refill(nowMs);
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }

  /**
   * Takes `cost` even if it is not there: for what has arrived already. Debt tells a short burst from a flood.
   * @returns what is left; below zero is debt.
   */
  charge(cost: number, nowMs = performance.now()): number {
    this.#refill(nowMs);
    this.#tokens -= cost;
    return this.#tokens;
  }

  #refill(nowMs: number): void {
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + (Math.max(0, nowMs - this.#at) / 1000) * this.#rate.perSecond);
    this.#at = nowMs;
  }
}

/** A bucket for each key; the least recently used ones go first, so that forged keys cannot fill the memory. */
export class KeyedBuckets {
  readonly #rate: Rate;
  readonly #maxKeys: number;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(rate: Rate, maxKeys = 10_000) {
    this.#rate = rate;
    this.#maxKeys = maxKeys;
  }

  get size(): number {
    return this.#buckets.size;
  }

  take(key: string, nowMs = performance.now()): boolean {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.#rate, nowMs);
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > this.#maxKeys) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    return bucket.take(1, nowMs);
  }
}
