/** Members of one set in memory: what they tell each other is delivered in the order of each pair, and otherwise as a test likes. */
import { Ceremony } from './ceremony.ts';
import type { CeremonyAction, CeremonyFact } from './ceremony.ts';

export type Told = Extract<CeremonyAction, { do: 'tell' }>;

export interface SimMember {
  readonly id: string;
  readonly ceremony: Ceremony;
  /** Everything it did, and what was delivered to it. */
  readonly trace: ({ told: Told } | { heard: CeremonyFact })[];
  readonly timers: CeremonyFact[];
  code: string | undefined;
  draws: number;
}

/** Hashes are texts here, so that a machine's order is all that is looked at. */
export const commitTo = (id: string, epoch: number, nonce: string): string => `#${id}/${epoch}/${nonce}`;

export class SimRoom {
  readonly members = new Map<string, SimMember>();
  readonly #random: () => number;
  readonly #wires = new Map<string, CeremonyFact[]>();
  sent = 0;

  constructor(ids: readonly string[], random: () => number) {
    this.#random = random;
    for (const id of ids) {
      const ceremony = new Ceremony(ids.filter((other) => other !== id));
      this.members.set(id, { id, ceremony, trace: [], timers: [], code: undefined, draws: 0 });
    }
  }

  take(id: string, fact: CeremonyFact): void {
    const member = this.members.get(id);
    if (!member) return;
    if (fact.type === 'commit' || fact.type === 'reveal') member.trace.push({ heard: fact });
    for (const action of member.ceremony.take(fact)) this.#act(member, action);
  }

  /** Puts a word on the wire, whoever says it. */
  say(from: string, { to, what, epoch, value }: Omit<Told, 'do'>): void {
    this.sent++;
    const wire = `${from} ${to}`;
    this.#wires.set(wire, [...this.#wires.get(wire) ?? [], { type: what, from, epoch, value }]);
  }

  /** Loses what is under way between the two, both ways. */
  cut(one: string, other: string): void {
    this.#wires.delete(`${one} ${other}`);
    this.#wires.delete(`${other} ${one}`);
  }

  /** Delivers one word of some pair. @returns false when nothing is under way */
  deliver(): boolean {
    const wires = [...this.#wires].filter(([, words]) => words.length > 0);
    const [wire, words] = wires[Math.floor(this.#random() * wires.length)] ?? [];
    const word = words?.shift();
    if (wire === undefined || !word) return false;
    this.take(wire.split(' ')[1] ?? '', word);
    return true;
  }

  settle(): void {
    while (this.deliver()) { /* Until nothing is under way. */ }
  }

  /** Lets the time of everyone's present phase be up. */
  timeUp(): void {
    for (const { id, timers } of this.members.values()) for (const timer of timers.splice(0)) this.take(id, timer);
  }

  #act(member: SimMember, action: CeremonyAction): void {
    const { id } = member;
    switch (action.do) {
      case 'draw': {
        member.code = undefined;
        const nonce = `n${this.#random()}`;
        member.draws++;
        this.take(id, { type: 'drawn', epoch: action.epoch, commit: commitTo(id, action.epoch, nonce), nonce });
        return;
      }
      case 'tell':
        member.trace.push({ told: action });
        this.say(id, action);
        return;
      case 'check': {
        const { from, epoch, commit, nonce } = action;
        this.take(id, { type: 'checked', from, epoch, matches: commitTo(from, epoch, nonce) === commit });
        return;
      }
      case 'derive':
        member.code = [...action.nonces, [id, action.own]].map(([of, nonce]) => `${of}=${nonce}`).sort().join();
        return;
      case 'watch': member.timers.push({ type: 'time-up', epoch: action.epoch, phase: action.phase });
    }
  }
}
