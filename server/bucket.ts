import { TokenBucket } from '../src/protocol/token-bucket.ts';
import type { Rate } from './limits.ts';

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

  /** Whether {@link take} would succeed now; takes nothing. */
  holds(key: string, nowMs = performance.now()): boolean {
    return (this.#buckets.get(key)?.charge(0, nowMs) ?? this.#rate.burst) >= 1;
  }
}
