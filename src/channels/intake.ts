import { TokenBucket } from '../protocol/token-bucket.ts';
import { every } from '../shared/scope.ts';
import type { Rate } from '../protocol/token-bucket.ts';

/** A sender's clock is not ours: what it paces to the stated rate may come in lumps. */
const LENIENCY = 1.5;
const CHECK_MS = 500;
/** What of an honest sender can be under way at most: beyond it waits for our acknowledgement. */
const MAX_LUMP = 20_000;

/** How much of what comes is taken: the stated rate, and at once what piled up while this page stood still. */
export class Intake {
  readonly #bucket: TokenBucket;
  readonly #perSecond: number;
  #checkedMs = performance.now();
  #lump = 0;

  constructor({ perSecond, burst }: Rate, scope: AbortSignal) {
    this.#perSecond = perSecond;
    this.#bucket = new TokenBucket({ perSecond: perSecond * LENIENCY, burst: burst * LENIENCY });
    every(CHECK_MS, scope, () => { this.#check(); });
  }

  /** @param cost of what has come. @returns false where it is too much */
  takes(cost: number): boolean {
    if (this.#bucket.waitMs() === 0) { this.#bucket.charge(cost); return true; }
    this.#check();
    this.#lump -= cost;
    return this.#lump >= 0;
  }

  /** Late by its own clock: nothing was read meanwhile, however slowly it came. */
  #check(): void {
    const nowMs = performance.now();
    const stoodMs = nowMs - this.#checkedMs - CHECK_MS;
    this.#checkedMs = nowMs;
    this.#lump = stoodMs > CHECK_MS ? Math.min(stoodMs / 1000 * this.#perSecond, MAX_LUMP) : Math.max(this.#lump, 0);
  }
}
