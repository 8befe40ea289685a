/** A token bucket: what is sustained a second, and what may come at once. Holds two numbers, queues nothing. */
export class TokenBucket {
  readonly perSecond: number;
  readonly burst: number;
  #tokens: number;
  #atMs: number;

  constructor(perSecond: number, burst: number, nowMs: number) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.#tokens = burst;
    this.#atMs = nowMs;
  }

  /** Takes `cost` tokens if they are there. */
  take(nowMs: number, cost = 1): boolean {
    this.#refill(nowMs);
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }

  /** Milliseconds until `cost` tokens will be there; 0 if they are. */
  waitMs(nowMs: number, cost = 1): number {
    this.#refill(nowMs);
    return Math.max(0, Math.ceil(((cost - this.#tokens) / this.perSecond) * 1000));
  }

  #refill(nowMs: number): void {
    // A clock that went back refills nothing and takes nothing.
    this.#tokens = Math.min(this.burst, this.#tokens + (Math.max(0, nowMs - this.#atMs) / 1000) * this.perSecond);
    this.#atMs = nowMs;
  }
}
