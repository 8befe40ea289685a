import { TokenBucket } from '../protocol/token-bucket.ts';
import type { PeerLimits } from '../protocol/peer-limits.ts';

/**
 * What an honest engine may come to be dropped for, by a race or because it cannot know better; and what came by way of the
 * relay, which could say it in anybody's name, and must not end what goes on without it.
 */
const FORGIVEN = /^(?:unanswered|unread|requests|channel|stream|candidate|description.*)$/;
/** So much over the rate, in the units of `frameCost`, is a strike. */
const RATE_COST = 200;
/** A description of another pc of theirs costs us a pc. */
const REBUILD_COST = 10;

/** How a participant behaves, over all of its connections. */
export class Conduct {
  readonly #patience: TokenBucket;
  readonly #descriptions: TokenBucket;
  readonly #kind: 'engine' | 'rtcio';

  /** @param kind an rtc.io client was told no limits: of it only a flood counts */
  constructor({ strikes, descriptionsPerSecond, descriptionsBurst }: PeerLimits, kind: 'engine' | 'rtcio') {
    this.#patience = new TokenBucket({ burst: strikes, perSecond: strikes / 100 });
    this.#descriptions = new TokenBucket({ burst: descriptionsBurst, perSecond: descriptionsPerSecond });
    this.#kind = kind;
  }

  /** @param cost of what came over the rate. @returns whether it is enough: the participant has to go */
  strike(reason: string, cost = 1): boolean {
    const strikes = reason === 'rate' ? cost / RATE_COST : Number(this.#kind === 'engine' && !FORGIVEN.test(reason));
    return strikes > 0 && this.#patience.charge(strikes) < 0;
  }

  /** Whether one more description of theirs is looked at. */
  describes(rebuilds: boolean): boolean {
    return this.#descriptions.take(rebuilds ? REBUILD_COST : 1);
  }
}
