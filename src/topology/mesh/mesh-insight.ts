import type { IceServer } from '../../protocol/wire.ts';
import type { Insight } from '../topology.ts';
import type { IceServers } from './ice.ts';
import type { Member } from './member.ts';

/** What a mesh's connections can be asked about, when somebody asks. */
export class MeshInsight implements Insight {
  readonly #members: () => Iterable<Member>;
  readonly #ice: IceServers;

  constructor(members: () => Iterable<Member>, ice: IceServers) {
    this.#members = members;
    this.#ice = ice;
  }

  async statsOf(id: string): Promise<RTCStatsReport | undefined> {
    for (const member of this.#members()) if (member.id === id && member.connected) return member.peer?.getStats();
    return undefined;
  }

  audioLevels(): Map<string, number> {
    return new Map([...this.#members()].map(({ id, peer }) => [id, peer?.audioLevel() ?? 0]));
  }

  async iceServers(): Promise<readonly IceServer[]> {
    await this.#ice.fresh();
    return this.#ice.list;
  }
}
