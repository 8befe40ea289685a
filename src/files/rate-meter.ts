/** How long what was measured counts. */
const MEMORY_MS = 2000;
/** Shorter spans say more of timers than of a network. */
const SPAN_MS = 100;

/** Bytes a second, smoothed. Times are `performance.now()`. */
export class RateMeter {
  #bytesPerSecond = 0;
  #measured = false;
  #bytes = 0;
  #sinceMs: number;

  constructor(nowMs = performance.now()) {
    this.#sinceMs = nowMs;
  }

  get bytesPerSecond(): number {
    return this.#bytesPerSecond;
  }

  add(bytes: number, nowMs = performance.now()): void {
    this.#bytes += bytes;
    const spanMs = nowMs - this.#sinceMs;
    if (spanMs < SPAN_MS) return;
    const weight = this.#measured ? 1 - Math.exp(-spanMs / MEMORY_MS) : 1;
    this.#bytesPerSecond += weight * ((this.#bytes * 1000) / spanMs - this.#bytesPerSecond);
    this.#measured = true;
    this.#bytes = 0;
    this.#sinceMs = nowMs;
  }

  /** Nothing flows: what comes next is measured anew. */
  rest(nowMs = performance.now()): void {
    this.#bytesPerSecond = this.#bytes = 0;
    this.#measured = false;
    this.#sinceMs = nowMs;
  }
}
