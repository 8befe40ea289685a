import { TokenBucket } from '../src/protocol/token-bucket.ts';
import type { Rate } from './limits.ts';
import { Recent } from './recent.ts';

/** A bucket for each key, bounded as {@link Recent} is. */
export class KeyedBuckets {
  readonly #rate: Rate;
  readonly #buckets: Recent<TokenBucket>;

  constructor(rate: Rate, maxKeys?: number) {
    this.#rate = rate;
    this.#buckets = new Recent(maxKeys);
  }

  get size(): number {
    return this.#buckets.size;
  }

  take(key: string, nowMs = performance.now()): boolean {
    return this.#buckets.use(key, () => new TokenBucket(this.#rate, nowMs)).take(1, nowMs);
  }
}
