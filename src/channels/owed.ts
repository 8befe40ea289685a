const KIB = 1024;
const LEAST_BYTES = 32 * KIB;
const MOST = { messages: 4096, bytes: 128 * KIB } as const;
/** Acknowledgements a second, as far as these bounds allow: they count among what the far end takes of us. */
const PER_SECOND = 500;
const MEASURE_MS = 50;

/** What came and was not acknowledged, and when it should be. */
export class Owed {
  readonly #often: boolean;
  readonly #most: { readonly messages: number; readonly bytes: number };
  #limit: number;
  #messages = 0;
  #bytes = 0;
  /** Of a message that is not whole yet. */
  #coming = 0;
  #measured = 0;
  #sinceMs = performance.now();

  /**
   * @param often the far end measures by it how long what it sends is on its way
   * @param most what waits for an acknowledgement
   */
  constructor(often: boolean, most: { readonly messages: number; readonly bytes: number } = MOST) {
    this.#often = often;
    this.#most = most;
    this.#limit = often ? LEAST_BYTES : most.bytes;
  }

  get isSome(): boolean {
    return this.#messages > 0;
  }

  /** So much that the far end should know at once. */
  get isMuch(): boolean {
    return this.#messages >= this.#most.messages || this.#bytes >= this.#limit;
  }

  /** Bytes that came, and how many messages are whole by them. */
  add(messages: number, bytes: number): void {
    this.#coming += bytes;
    if (messages === 0) return;
    this.#messages += messages;
    this.#bytes += this.#coming;
    this.#coming = 0;
  }

  /** It is acknowledged now. */
  clear(): void {
    this.#measured += this.#bytes;
    this.#messages = this.#bytes = 0;
    const nowMs = performance.now();
    const ms = nowMs - this.#sinceMs;
    if (!this.#often || ms < MEASURE_MS) return;
    // At most twice as many as before: the far end has twice as many under way, and waits for this word.
    this.#limit = Math.min(Math.max(this.#measured / ms * 1000 / PER_SECOND, LEAST_BYTES), 2 * this.#limit, this.#most.bytes);
    this.#measured = 0;
    this.#sinceMs = nowMs;
  }
}
