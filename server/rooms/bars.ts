/** What is barred for a while, under a bound: beyond it the oldest bar is forgotten. */
export class Bars {
  readonly #most: number;
  readonly #untilMs = new Map<string, number>();

  constructor(most = 10_000) {
    this.#most = most;
  }

  add(key: string, forMs: number, nowMs = Date.now()): void {
    const untilMs = Math.max(nowMs + forMs, this.#untilMs.get(key) ?? 0);
    this.#untilMs.delete(key);
    this.#untilMs.set(key, untilMs);
    const [oldest] = this.#untilMs.keys();
    if (this.#untilMs.size > this.#most && oldest !== undefined) this.#untilMs.delete(oldest);
  }

  has(key: string, nowMs = Date.now()): boolean {
    const untilMs = this.#untilMs.get(key);
    if (untilMs === undefined || untilMs > nowMs) return untilMs !== undefined;
    this.#untilMs.delete(key);
    return false;
  }
}
