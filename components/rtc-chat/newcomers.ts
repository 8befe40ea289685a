import type { ChatItem } from './chat-items.ts';

/** So many stay, for whoever looks again at what was read out. */
const KEPT = 4;

/**
 * What is read out of a list: lines and offers of others that come while it is in sight. Not the list itself is a live region:
 * older lines that come into it by scrolling, or by the way to its end, are no news.
 */
export class Newcomers {
  #known: Set<string> | undefined;
  #latest: readonly ChatItem[] = [];

  /** What stands there when one comes is not new. */
  clear(): void {
    this.#known = undefined;
    this.#latest = [];
  }

  /** @returns the latest, oldest first. @param items - All, in their order; new ones stand at the end. */
  of(items: readonly ChatItem[], isInSight: boolean): readonly ChatItem[] {
    const known = this.#known;
    const fresh = items.slice(known ? items.findLastIndex(({ id }) => known.has(id)) + 1 : 0);
    this.#known = fresh.reduce((all, { id }) => all.add(id), known ?? new Set<string>());
    if (known && isInSight && fresh.length > 0) this.#latest = [...this.#latest, ...fresh.filter(isNews)].slice(-KEPT);
    return this.#latest;
  }
}

function isNews({ message, transfer }: ChatItem): boolean {
  return message ? !message.own && !message.toldBy : transfer.direction === 'receive' && transfer.state === 'offered';
}
