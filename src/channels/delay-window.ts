const KIB = 1024;
const [LEAST_BYTES, FIRST_BYTES, MOST_BYTES] = [64 * KIB, 128 * KIB, 4096 * KIB];
/** What one acknowledgement may be for, as far as the window heeds it. */
const MOST_STEP_BYTES = 128 * KIB;
/** What is under way may wait so long on the way, and before the far end's page has read it. */
const TARGET_MS = 3;
/** The shortest delay is that of this time and of the one before; between the two the way is let run empty, to see it. */
const BASE_MS = 30_000;
/** In one round. Where less than half the target is waited, it grows so much at once: on a long way one would creep. */
const MOST_GAIN = 1.25;

/** How much may be under way, and what that follows from. */
export interface Window {
  readonly bytes: number;
  /** The shortest delays of this time, and of the one before. */
  readonly baseMs: number;
  readonly pastBaseMs: number;
  readonly sinceMs: number;
}

/** What was seen of acknowledgements while what was under way at its beginning arrived. */
export interface Round {
  readonly nowMs: number;
  /** The shortest time from when something left until it was acknowledged: what is more, not all of it waited. */
  readonly delayMs: number;
  /** As much was under way as may be. Who sends little learns nothing of the way. */
  readonly full: boolean;
  /** The most bytes that one acknowledgement was for. */
  readonly step: number;
}

export function firstWindow(nowMs: number): Window {
  return { bytes: FIRST_BYTES, baseMs: Infinity, pastBaseMs: Infinity, sinceMs: nowMs };
}

/**
 * A window that follows the delay, as LEDBAT's does (RFC 6817), in the steps of FAST TCP (Jin, Wei, Low 2004), which are as many
 * on a long way as on a short one.
 */
export function nextWindow(window: Window, { nowMs, delayMs, full, step }: Round): Window {
  // With less than two acknowledgements' worth it would stand still between them.
  const least = Math.max(LEAST_BYTES, 2 * Math.min(step, MOST_STEP_BYTES));
  if (nowMs - window.sinceMs >= BASE_MS) {
    return { bytes: least, baseMs: delayMs, pastBaseMs: window.baseMs, sinceMs: nowMs };
  }
  const baseMs = Math.min(window.baseMs, delayMs);
  const shortestMs = Math.min(baseMs, window.pastBaseMs);
  const wanted = delayMs - shortestMs < TARGET_MS / 2 ? MOST_GAIN : (1 + (shortestMs + TARGET_MS) / delayMs) / 2;
  const factor = Math.min(wanted, full ? MOST_GAIN : 1);
  return { ...window, baseMs, bytes: Math.min(Math.max(window.bytes * factor, least), MOST_BYTES) };
}

const NOTHING_SEEN = { delayMs: Infinity, full: false, step: 0 };

/** Keeps a {@link Window} by what leaves and what is acknowledged, in items counted from the beginning. */
export class DelayWindow {
  #window = firstWindow(performance.now());
  #got: number;
  /** When which item left, of those that were not acknowledged; the last one may not have. */
  #left: { readonly count: number; atMs: number }[] = [];
  #round = NOTHING_SEEN;
  /** It is over when so many are acknowledged. */
  #roundEnd = 0;

  /** @param got so many are acknowledged already */
  constructor(got: number) {
    this.#got = got;
  }

  get bytes(): number {
    return this.#window.bytes;
  }

  /** The next one leaves now, if it may. @param items under way before it */
  leaves(items: number): void {
    const count = this.#got + items + 1;
    const atMs = performance.now();
    const last = this.#left.at(-1);
    if (last?.count === count) last.atMs = atMs; else this.#left.push({ count, atMs });
  }

  /**
   * @param got so many of all
   * @param bytes that this is for
   * @param underWay bytes before it came
   */
  acknowledged(got: number, bytes: number, underWay: number): void {
    this.#got = got;
    const at = this.#left.findIndex(({ count }) => count >= got);
    const { atMs } = this.#left[at] ?? {};
    if (atMs === undefined || bytes === 0) return;
    this.#left.splice(0, at);
    const nowMs = performance.now();
    const { delayMs, full, step } = this.#round;
    this.#round = {
      delayMs: Math.min(delayMs, nowMs - atMs), full: full || underWay >= this.bytes, step: Math.max(step, bytes),
    };
    if (got < this.#roundEnd) return;
    this.#window = nextWindow(this.#window, { nowMs, ...this.#round });
    this.#round = NOTHING_SEEN;
    this.#roundEnd = this.#left.at(-1)?.count ?? 0;
  }
}
