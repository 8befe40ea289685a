import type { Insight } from '../topology.ts';
import type { Member } from './member.ts';

/** What a mesh's connections can be asked about, when somebody asks. */
export class MeshInsight implements Insight {
  readonly #members: () => Iterable<Member>;

  constructor(members: () => Iterable<Member>) {
    this.#members = members;
  }

  async statsOf(id: string): Promise<RTCStatsReport | undefined> {
    for (const member of this.#members()) if (member.id === id && member.connected) return member.peer?.getStats();
    return undefined;
  }

  audioLevels(): Map<string, number> {
    return new Map([...this.#members()].map(({ id, peer }) => [id, peer?.audioLevel() ?? 0]));
  }
}
