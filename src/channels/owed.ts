const KIB = 1024;
const [LEAST_BYTES, MOST_BYTES] = [32 * KIB, 128 * KIB];
const MOST_MESSAGES = 4096;
/** Acknowledgements a second, as far as these bounds allow: they count among what the far end takes of us. */
const PER_SECOND = 500;
const MEASURE_MS = 50;

/** What came and was not acknowledged, and when it should be. */
export class Owed {
  readonly #often: boolean;
  #limit: number;
  #messages = 0;
  #bytes = 0;
  #measured = 0;
  #sinceMs = performance.now();

  /** @param often the far end measures by it how long what it sends is on its way */
  constructor(often: boolean) {
    this.#often = often;
    this.#limit = often ? LEAST_BYTES : MOST_BYTES;
  }

  get isSome(): boolean {
    return this.#messages > 0;
  }

  /** So much that the far end should know at once. */
  get isMuch(): boolean {
    return this.isSome && (this.#messages >= MOST_MESSAGES || this.#bytes >= this.#limit);
  }

  add(messages: number, bytes: number): void {
    this.#messages += messages;
    this.#bytes += bytes;
  }

  /** It is acknowledged now. */
  clear(): void {
    this.#measured += this.#bytes;
    this.#messages = this.#bytes = 0;
    const nowMs = performance.now();
    const ms = nowMs - this.#sinceMs;
    if (!this.#often || ms < MEASURE_MS) return;
    // At most twice as many as before: the far end has twice as many under way, and waits for this word.
    this.#limit = Math.min(Math.max(this.#measured / ms * 1000 / PER_SECOND, LEAST_BYTES), 2 * this.#limit, MOST_BYTES);
    this.#measured = 0;
    this.#sinceMs = nowMs;
  }
}
