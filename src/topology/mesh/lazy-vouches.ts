import type { Vouches } from '../../identity/vouches.ts';
import type { Joined } from '../../protocol/wire.ts';
import type { Present, Signaling } from '../../signaling/signaling.ts';
import type { TopologyContext } from '../topology.ts';
import type { Member } from './member.ts';

/** Vouches, loaded where the page asks for them, or with the first who comes with one. */
export class LazyVouches {
  readonly #context: TopologyContext;
  readonly #signaling: Signaling;
  #vouches: Promise<Vouches> | undefined;
  /** The newest of our own that the others have, whatever it is worth. */
  said: string | undefined;

  constructor(context: TopologyContext, signaling: Signaling) {
    this.#context = context;
    this.#signaling = signaling;
  }

  /** What of our join an issuer has to say. @param fp of our certificate */
  present(fp: string): Present | undefined {
    const { getVouch, vouchKeys, requireVouch } = this.#context.vouching;
    if (!getVouch && !vouchKeys && !requireVouch) return undefined;
    const loading = this.#load();
    loading.catch(() => undefined); // The join tells of it.
    return async (id) => {
      const vouch = await (await loading).own.forJoin(fp, id);
      this.said = vouch;
      return vouch === undefined ? {} : { vouch };
    };
  }

  /** The relay let us in. */
  joined(fp: string, joined: Joined): void {
    this.said = joined.vouch ?? this.said;
    void this.#vouches?.then((vouches) => { vouches.joined(fp, joined); });
  }

  /** Before anything else is done with them. @param pinned the key they had before */
  async prove(member: Member, pinned: string | undefined): Promise<void> {
    const { announcement } = member;
    if (this.#vouches ?? announcement.vouch) member.proof = await (await this.#load()).prove(announcement, pinned);
  }

  #load(): Promise<Vouches> {
    const { vouching: options, roomId: room, server, getToken, onFact: tell, scope } = this.#context;
    return (this.#vouches ??= import('../../identity/vouches.ts').then(({ Vouches }) => new Vouches({
      options, room, server, getToken, tell, scope, renew: async (vouch) => {
        const signed = await this.#signaling.emit('#rtcio:vouch', { vouch });
        const said = vouch ?? signed;
        if (typeof said === 'string') this.said = said;
        return signed;
      },
    })));
  }
}
