import { loadAgain } from '../../shared/load-again.ts';
import type { Vouches } from '../../identity/vouches.ts';
import type { Joined } from '../../protocol/wire.ts';
import type { Present, Signaling } from '../../signaling/signaling.ts';
import type { TopologyContext } from '../topology.ts';
import type { Member } from './member.ts';

/** Vouches, loaded where the page asks for them, or with the first who comes with one. */
export class LazyVouches {
  readonly #context: TopologyContext;
  readonly #signaling: Signaling;
  readonly #import: () => Promise<typeof import('../../identity/vouches.ts')>;
  #vouches: Promise<Vouches> | undefined;
  /** The newest of our own that the others have, whatever it is worth. */
  said: string | undefined;

  constructor(context: TopologyContext, signaling: Signaling, load = () => import('../../identity/vouches.ts')) {
    this.#context = context;
    this.#signaling = signaling;
    this.#import = load;
  }

  /** What of our join an issuer has to say. @param fp of our certificate */
  present(fp: string): Present | undefined {
    const { getVouch, vouchKeys, requireVouch } = this.#context.vouching;
    if (!getVouch && !vouchKeys && !requireVouch) return undefined;
    void this.#load(); // Meanwhile the socket connects.
    return async (id) => {
      const vouch = await (await this.#load()).own.forJoin(fp, id);
      this.said = vouch;
      return vouch === undefined ? {} : { vouch };
    };
  }

  /** The relay let us in. */
  joined(fp: string, joined: Joined): void {
    this.said = joined.vouch ?? this.said;
    void this.#vouches?.then((vouches) => { vouches.joined(fp, joined); }, () => undefined);
  }

  /** Before anything else is done with them. @param pinned the key they had before */
  async prove(member: Member, pinned: string | undefined): Promise<void> {
    const { announcement } = member;
    if (this.#vouches ?? announcement.vouch) member.proof = await (await this.#load()).prove(announcement, pinned);
  }

  #load(): Promise<Vouches> {
    const { vouching: options, roomId: room, server, getToken, onFact: tell, scope } = this.#context;
    const vouches = (this.#vouches ??= loadAgain(this.#import, scope).then(({ Vouches }) => new Vouches({
      options, room, server, getToken, tell, scope, renew: async (vouch) => {
        // Said before the others hear it: whoever speaks of it has heard it.
        this.said = vouch ?? this.said;
        const signed = await this.#signaling.emit('#rtcio:vouch', { vouch });
        if (typeof signed === 'string') this.said = signed;
        return signed;
      },
    })));
    // Whoever waits for it hears of it; the next one tries again.
    vouches.catch(() => { if (this.#vouches === vouches) this.#vouches = undefined; });
    return vouches;
  }
}
