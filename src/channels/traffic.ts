export type ChannelPriority = 'high' | 'normal' | 'low';

/** What a channel may hold in the browser's buffer while one of higher priority has more than a little there. */
const STANDING_BACK_BYTES = 16 * 1024;
const RANKS: Readonly<Record<ChannelPriority, number>> = { high: 2, normal: 1, low: 0 };

/** One of them. */
interface Gate {
  readonly highWaterBytes: number;
  readonly isBusy: boolean;
  flush(): void;
}

/**
 * The channels to one participant, which stand back for each other. (SCTP would know priorities; Chromium 156 lets a page set
 * none, and gives each stream the same share.)
 */
export class Traffic {
  readonly #gates = new Map<Gate, number>();
  #differ = false;
  #busyRank = -1;

  add(gate: Gate, priority: ChannelPriority = 'normal'): void {
    this.#gates.set(gate, RANKS[priority]);
    this.#differ = new Set(this.#gates.values()).size > 1;
  }

  /** It is over with this one. */
  remove(gate: Gate): void {
    this.#gates.delete(gate);
    this.changed();
  }

  /** What this gate may have in the browser's buffer. */
  limit(gate: Gate): number {
    return (this.#gates.get(gate) ?? 0) < this.#busyRank ? STANDING_BACK_BYTES : gate.highWaterBytes;
  }

  /** A gate has more before it than it had, or less. */
  changed(): void {
    if (!this.#differ) return;
    const before = this.#busyRank;
    this.#busyRank = Math.max(-1, ...[...this.#gates].map(([gate, rank]) => gate.isBusy ? rank : -1));
    if (this.#busyRank < before) for (const [gate, rank] of this.#gates) if (rank < before) gate.flush();
  }
}
