export type ChannelPriority = 'high' | 'normal' | 'low';

/** What a channel may hold in the browser's buffer while one of higher priority is busy. */
const STANDING_BACK_BYTES = 16 * 1024;
/** It sends so much for each byte that a busy one does: little, and yet it gets on. */
const SHARE = 1 / 8;
/** With less in the browser's buffer a channel is busy no more: at its low watermark an app is about to go on. */
const IDLE_BYTES = 8 * 1024;
const RANKS: Readonly<Record<ChannelPriority, number>> = { high: 2, normal: 1, low: 0 };

/** One of them. */
interface Gate {
  readonly highWaterBytes: number;
  readonly lowWaterBytes: number;
  /** In the browser's buffer. */
  readonly leavingBytes: number;
  flush(): void;
}

interface Standing { readonly rank: number; isBusy: boolean }

/**
 * The channels to one participant, which stand back for each other. (SCTP would know priorities; Chromium 156 lets a page set
 * none, and gives each stream the same share.) What waits for the far end, and not for the way, takes nothing from the others.
 */
export class Traffic {
  /** Who has sent while it stood back goes to the end, so that each gets its turn. */
  readonly #gates = new Map<Gate, Standing>();
  #differ = false;
  #busyRank = -1;
  /** Bytes that those who stand back may send. */
  #credit = 0;
  #wakes = false;

  add(gate: Gate, priority: ChannelPriority = 'normal'): void {
    this.#gates.set(gate, { rank: RANKS[priority], isBusy: false });
    this.#differ = new Set([...this.#gates.values()].map(({ rank }) => rank)).size > 1;
  }

  /** It is over with this one. */
  remove(gate: Gate): void {
    this.#gates.delete(gate);
    this.changed();
  }

  /** What this gate may have in the browser's buffer. */
  limit(gate: Gate): number {
    if (!this.#standsBack(gate)) return gate.highWaterBytes;
    return this.#credit > 0 ? STANDING_BACK_BYTES : 0;
  }

  /** How little is in the browser's buffer when this gate looks again. @param waits for more than to be busy no more */
  wakeBytes(gate: Gate, waits: boolean): number {
    return !this.#differ || (waits && !this.#standsBack(gate)) ? gate.lowWaterBytes : idleBytes(gate);
  }

  /** So much goes to the browser. */
  sent(gate: Gate, bytes: number): void {
    const standing = this.#gates.get(gate);
    if (!standing || this.#busyRank < 0) return;
    if (standing.rank < this.#busyRank) {
      this.#credit -= bytes;
      this.#gates.delete(gate);
      this.#gates.set(gate, standing);
    } else {
      const before = this.#credit;
      this.#credit = Math.min(before + bytes * SHARE, STANDING_BACK_BYTES);
      this.#wakes ||= before <= 0 && this.#credit > 0;
    }
  }

  /** A gate has more before it than it had, or less. */
  changed(): void {
    if (!this.#differ) return;
    const before = this.#busyRank;
    this.#busyRank = -1;
    for (const [gate, standing] of this.#gates) {
      standing.isBusy = gate.leavingBytes > (standing.isBusy ? idleBytes(gate) : gate.lowWaterBytes);
      if (standing.isBusy) this.#busyRank = Math.max(this.#busyRank, standing.rank);
    }
    if (this.#busyRank >= before && !this.#wakes) return;
    this.#wakes = false;
    for (const [gate, { rank }] of [...this.#gates]) if (rank < before) gate.flush();
  }

  #standsBack(gate: Gate): boolean {
    return (this.#gates.get(gate)?.rank ?? 0) < this.#busyRank;
  }
}

function idleBytes({ lowWaterBytes }: Gate): number {
  return Math.min(lowWaterBytes, IDLE_BYTES);
}
