import type { LinkQuality } from '../../src/index.ts';

const ORDER = ['good', 'fair', 'poor'] as const;

/** What to show of samples that come every few seconds: one of another level may be a moment, two are not. */
export class SteadyQuality {
  #shown: LinkQuality | undefined;
  #last: LinkQuality | undefined;

  get shown(): LinkQuality | undefined {
    return this.#shown;
  }

  add(quality: LinkQuality): void {
    if (!this.#shown || quality.level === this.#shown.level || quality.level === this.#last?.level) this.#shown = quality;
    this.#last = quality;
  }
}

export function worstOf(qualities: readonly LinkQuality[]): LinkQuality | undefined {
  return [...qualities].sort((one, other) => ORDER.indexOf(other.level) - ORDER.indexOf(one.level))[0];
}
