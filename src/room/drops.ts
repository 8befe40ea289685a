import type { Log } from '../shared/logger.ts';

const LOG_MS = 1000;
/** Those of whoever left stay, so that one can see why they were disconnected. */
const MAX_TALLIES = 256;

class Tally {
  readonly counts = new Map<string, number>();
  total = 0;
  loggedMs = -LOG_MS;
}

/** What was dropped of what participants sent, and why. All is counted; the log hears of each participant once a second. */
export class Drops {
  readonly #tallies = new Map<string, Tally>();

  /** @param reason of a small vocabulary of ours, never a word of theirs */
  count(from: string, reason: string, log: Log | undefined): void {
    let tally = this.#tallies.get(from);
    if (!tally) {
      this.#tallies.set(from, (tally = new Tally()));
      if (this.#tallies.size > MAX_TALLIES) this.#tallies.delete(this.#tallies.keys().next().value ?? '');
    }
    tally.counts.set(reason, (tally.counts.get(reason) ?? 0) + 1);
    tally.total++;
    const nowMs = performance.now();
    if (nowMs - tally.loggedMs < LOG_MS) return;
    tally.loggedMs = nowMs;
    log?.('warn', 'dropped what a peer sent', { peer: from, reason, drops: tally.total });
  }

  of(from: string): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#tallies.get(from)?.counts ?? []);
  }
}
