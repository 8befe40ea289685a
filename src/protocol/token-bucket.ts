export interface Rate {
  /** What may come at once. */
  burst: number;
  /** What comes back. */
  perSecond: number;
}

/** A token bucket: holds two numbers, queues nothing. Times are `performance.now()`. */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #atMs: number;

  constructor(rate: Rate, nowMs = performance.now()) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#atMs = nowMs;
  }

  /** Takes `cost` if it is there. */
  take(cost = 1, nowMs = performance.now()): boolean {
    const enough = this.charge(0, nowMs) >= cost;
    if (enough) this.#tokens -= cost;
    return enough;
  }

  /**
   * Takes `cost` even if it is not there: for what has arrived already. Debt tells a short burst from a flood.
   * @returns what is left; below zero is debt.
   */
  charge(cost: number, nowMs = performance.now()): number {
    const { burst, perSecond } = this.#rate;
    // A clock that went back refills nothing and takes nothing.
    this.#tokens = Math.min(burst, this.#tokens + (Math.max(0, nowMs - this.#atMs) / 1000) * perSecond) - cost;
    this.#atMs = Math.max(this.#atMs, nowMs);
    return this.#tokens;
  }

  /** As {@link charge}. @returns the seconds until the debt is paid; 0 where there is none. */
  debtSeconds(cost: number, nowMs = performance.now()): number {
    const left = this.charge(cost, nowMs);
    return left < 0 ? -left / this.#rate.perSecond : 0;
  }

  /** Milliseconds until one token will be there; 0 if one is, `Infinity` if none will be. */
  waitMs(nowMs = performance.now()): number {
    const missing = 1 - this.charge(0, nowMs);
    return missing > 0 ? Math.ceil((missing / this.#rate.perSecond) * 1000) : 0;
  }
}
