/** Time that was not paused. */
export class StopWatch {
  #beforeMs = 0;
  #sinceMs: number | undefined;

  get elapsedMs(): number {
    return this.#beforeMs + (this.#sinceMs === undefined ? 0 : performance.now() - this.#sinceMs);
  }

  start(): void {
    this.#sinceMs ??= performance.now();
  }

  stop(): void {
    this.#beforeMs = this.elapsedMs;
    this.#sinceMs = undefined;
  }

  reset(): void {
    this.#beforeMs = 0;
    this.#sinceMs = undefined;
  }
}
