import type { RelayLimits } from './limits.ts';
import { Recent } from './recent.ts';

interface Ban { untilMs: number; lengthMs: number }

/** How long those who broke limits stay out: longer each time, forgotten after a while of peace, bounded in number. */
export class Bans {
  readonly #limits: Pick<RelayLimits, 'banFirstMs' | 'banMaxMs' | 'banForgetMs'>;
  readonly #bans: Recent<Ban>;

  constructor(limits: Pick<RelayLimits, 'banFirstMs' | 'banMaxMs' | 'banForgetMs'>, maxKeys?: number) {
    this.#limits = limits;
    this.#bans = new Recent(maxKeys);
  }

  get size(): number {
    return this.#bans.size;
  }

  /**
   * A limit was broken. Several at once are one: the sockets of a flood do not multiply its ban.
   * @returns milliseconds until the ban ends.
   */
  strike(key: string, nowMs = performance.now()): number {
    const { banFirstMs, banMaxMs, banForgetMs } = this.#limits;
    const ban = this.#bans.use(key, () => ({ untilMs: -Infinity, lengthMs: 0 }));
    if (nowMs >= ban.untilMs) {
      if (nowMs - ban.untilMs >= banForgetMs) ban.lengthMs = 0;
      ban.lengthMs = Math.min(banMaxMs, Math.max(banFirstMs, 2 * ban.lengthMs));
      ban.untilMs = nowMs + ban.lengthMs;
    }
    return ban.untilMs - nowMs;
  }

  has(key: string, nowMs = performance.now()): boolean {
    return nowMs < (this.#bans.peek(key)?.untilMs ?? -Infinity);
  }
}
