import { FrameQueue, isPacked } from './frame-queue.ts';
import type { Item } from './frame-queue.ts';

/**
 * What waits to leave, and, where the far end counts, what left and was not acknowledged. Items are in the order they came, but
 * what left over an earlier channel goes first, and then what is urgent.
 */
export class Outbox {
  readonly #again = new FrameQueue();
  readonly #urgent = new FrameQueue();
  readonly #queue = new FrameQueue();
  /** In the order in which the far end had the whole of each. */
  readonly kept = new FrameQueue();
  #keeps = false;
  #acknowledged = 0;

  get isEmpty(): boolean {
    return this.#queue.size === 0 && this.#again.size === 0 && this.#urgent.size === 0;
  }

  get bytes(): number {
    return this.#queue.bytes + this.#again.bytes + this.#urgent.bytes;
  }

  get keeps(): boolean {
    return this.#keeps;
  }

  /** Items of which it is not known that the far end has them. */
  get undelivered(): number {
    return this.#again.size + this.#urgent.size + this.#queue.size + this.kept.size;
  }

  /** Where the next one leaves from. */
  get next(): FrameQueue | undefined {
    if (this.#again.size > 0) return this.#again;
    if (this.#urgent.size > 0) return this.#urgent;
    return this.#queue.size > 0 ? this.#queue : undefined;
  }

  push(item: Item, urgent: boolean): void {
    (urgent ? this.#urgent : this.#queue).push(item);
  }

  /** The far end will have all of what is first. */
  leave(lane: FrameQueue): void {
    const item = lane.shift();
    if (this.#keeps && item !== undefined) this.kept.push(item);
  }

  /**
   * Over another channel what is kept leaves again.
   * @param got so many of all that ever left the far end has; `undefined`: it does not count
   * @param packedBytes it takes packed items up to this. @returns how many are given up because it does not
   */
  resume(got: number | undefined, packedBytes: number): number {
    this.#keeps = got !== undefined;
    if (got === undefined) this.restart(); else this.acknowledge(got);
    this.#again.prepend(this.kept);
    const isRefused = (item: Item) => isPacked(item) && item.byteLength > packedBytes;
    return this.#again.removeAll(isRefused) + this.#queue.removeAll(isRefused);
  }

  /** @param got of all that ever left. @returns whether so many have left. */
  acknowledge(got: number): boolean {
    if (got - this.#acknowledged > this.kept.size) return false;
    for (; this.#acknowledged < got; this.#acknowledged++) this.kept.shift();
    return true;
  }

  /** The far end counts from zero: what left is not sent again. @returns how many items that were not acknowledged. */
  restart(): number {
    const lost = this.kept.size + this.#again.size;
    this.kept.clear();
    this.#again.clear();
    this.#acknowledged = 0;
    return lost;
  }

  /** Gives up what waits. @param partly of what is first and not urgent a part has left: it stays */
  discard(partly: boolean): void {
    const stays = partly ? this.#again.first ?? this.#queue.first : undefined;
    for (const lane of [this.#again, this.#urgent, this.#queue]) lane.removeAll((item) => item !== stays);
  }
}
