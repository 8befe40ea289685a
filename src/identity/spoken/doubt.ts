import type { Phase } from './ceremony.ts';

/**
 * Whether to warn of a conductor. A vouch that the relay signs reaches others before its owner, who until then speaks of another
 * `sub` and lies no more than they do: the first mismatch is compared once more, and whoever then falls silent had no excuse.
 */
export class Doubt {
  #state: 'none' | 'open' | 'settled' = 'none';

  /** @returns what to do now that it is in this phase */
  judge(phase: Phase): 'again' | 'warn' | undefined {
    if (phase === 'mismatch' && this.#state === 'none') {
      this.#state = 'open';
      return 'again';
    }
    const warns = phase === 'mismatch' || (phase === 'stalled' && this.#state === 'open');
    if (warns || (phase === 'ready' && this.#state === 'open')) this.#state = 'settled';
    return warns ? 'warn' : undefined;
  }
}
