const BEAT_MS = 500;
/** A relay that has said nothing for so long is dead. */
export const ALIVE_MS = 3_000;

export interface PulseOptions {
  /** Says that this relay lives. @returns whether that was news: it was taken for dead, or Redis lost everything. */
  beat: () => Promise<boolean>;
  /** Makes Redis and this relay agree again. What fails is tried again at the next beat. */
  agree: () => Promise<void>;
}

/** Tells Redis twice a second that this relay lives, and notices when it has missed something. */
export class Pulse {
  readonly #o: PulseOptions;
  #timer: NodeJS.Timeout | undefined;
  #beatenMs = -Infinity;
  /** How often something may have been missed, and up to which of these both agree. */
  #missed = 0;
  #agreed = 0;
  #isEnded = false;

  constructor(options: PulseOptions) {
    this.#o = options;
  }

  /** Whether Redis answered lately, and agrees with this relay. */
  get isFelt(): boolean {
    return this.#agreed === this.#missed && performance.now() - this.#beatenMs < ALIVE_MS;
  }

  /** Something may have been missed: it does not wait for the next beat. */
  miss(): void {
    this.#missed++;
    if (this.#timer) void this.start();
  }

  async start(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      const isNews = await this.#o.beat();
      this.#beatenMs = performance.now();
      if (isNews) this.#missed++;
      const missed = this.#missed;
      if (this.#agreed !== missed) await this.#o.agree();
      this.#agreed = missed;
    } catch {
      // Out of reach, which the link says once; the next beat tries again.
    }
    if (!this.#isEnded) this.#timer = setTimeout(() => { void this.start(); }, BEAT_MS).unref();
  }

  end(): void {
    this.#isEnded = true;
    clearTimeout(this.#timer);
  }
}
