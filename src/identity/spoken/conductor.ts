import { fromBase64Url } from '../../shared/bytes.ts';
import { randomId, toBase64Url } from '../../shared/ids.ts';
import { after } from '../../shared/scope.ts';
import { Ceremony } from './ceremony.ts';
import { wordsOf } from './code.ts';
import { NONCE_BYTES, commitment, epochKey, inOrder } from './transcript.ts';
import type { ParticipantId } from '../../protocol/wire.ts';
import type { SpokenWord } from '../../protocol/spoken.ts';
import type { CeremonyAction, CeremonyFact, Phase } from './ceremony.ts';
import type { SpokenCode } from './code.ts';
import type { Epoch, Subject } from './transcript.ts';

export interface ConductorOptions {
  scope: Epoch['scope'];
  room: string;
  self: Subject;
  others: readonly Subject[];
  /** The highest that a set has seen so far. */
  epochOf(of: readonly ParticipantId[]): number;
  /** How long each phase may take. */
  phaseMs: number;
  tell(to: ParticipantId, word: SpokenWord): void;
  /** The phase, the code or who is missing is another. */
  onChanged(): void;
  onError(error: unknown): void;
  signal: AbortSignal;
}

/** A ceremony among real keys: draws, hashes, waits and speaks for it. */
export class Conductor {
  readonly others: readonly Subject[];
  /** Everyone's ids in order, as each of them must see it. */
  readonly of: readonly ParticipantId[];
  readonly #options: ConductorOptions;
  readonly #ceremony: Ceremony;
  readonly #subjects: ReadonlyMap<ParticipantId, Subject>;
  #code: SpokenCode | undefined;
  #stopWatch = () => {};

  constructor(options: ConductorOptions) {
    const { self, others, epochOf } = options;
    this.#options = options;
    this.others = others;
    this.#subjects = new Map([self, ...others].map((subject) => [subject.id, subject]));
    this.of = inOrder(this.#subjects.keys());
    this.#ceremony = new Ceremony(others.map(({ id }) => id), epochOf(this.of));
  }

  get epoch(): number {
    return this.#ceremony.epoch;
  }

  get phase(): Phase {
    return this.#ceremony.phase;
  }

  get missing(): readonly ParticipantId[] {
    return this.#ceremony.missing;
  }

  /** Once everything was checked. */
  get code(): SpokenCode | undefined {
    return this.#code;
  }

  take(fact: CeremonyFact): void {
    if (this.#options.signal.aborted) return;
    for (const action of this.#ceremony.take(fact)) this.#act(action);
    this.#options.onChanged();
  }

  #act(action: CeremonyAction): void {
    switch (action.do) {
      case 'draw':
        this.#code = undefined;
        this.#await(this.#draw(action.epoch));
        return;
      case 'tell': {
        const { to, what, epoch, value } = action;
        this.#options.tell(to, { what, scope: this.#options.scope, epoch, of: this.of, value });
        return;
      }
      case 'check': this.#await(this.#check(action)); return;
      case 'derive': this.#await(this.#derive(action)); return;
      case 'watch':
        this.#stopWatch();
        this.#stopWatch = after(this.#options.phaseMs, this.#options.signal, () => {
          this.take({ type: 'time-up', epoch: action.epoch, phase: action.phase });
        });
    }
  }

  async #draw(epoch: number): Promise<CeremonyFact> {
    const nonce = randomId(NONCE_BYTES);
    return { type: 'drawn', epoch, commit: await this.#commitmentOf(this.#options.self, epoch, nonce), nonce };
  }

  async #check({ from, epoch, commit, nonce }: CeremonyAction & { do: 'check' }): Promise<CeremonyFact | undefined> {
    const subject = this.#subjects.get(from);
    return subject && { type: 'checked', from, epoch, matches: await this.#commitmentOf(subject, epoch, nonce) === commit };
  }

  async #derive({ epoch, own, nonces }: CeremonyAction & { do: 'derive' }): Promise<undefined> {
    const drawn = this.of.flatMap((id) => {
      const subject = this.#subjects.get(id);
      return subject ? [{ ...subject, nonce: bytesOf(nonces.get(id) ?? own) }] : [];
    });
    const words = await wordsOf(await epochKey(this.#epochOf(epoch), drawn));
    if (epoch !== this.epoch || this.phase !== 'ready') return;
    this.#code = Object.freeze({ ...words, members: this.others.map(({ id }) => id) });
    this.#stopWatch();
  }

  async #commitmentOf(subject: Subject, epoch: number, nonce: string): Promise<string> {
    return toBase64Url(await commitment(this.#epochOf(epoch), subject, bytesOf(nonce)));
  }

  #epochOf(number: number): Epoch {
    return { scope: this.#options.scope, room: this.#options.room, number };
  }

  /** What comes of it is a fact, too; what was overtaken meanwhile the ceremony itself leaves aside. */
  #await(work: Promise<CeremonyFact | undefined>): void {
    work.then((fact) => {
      if (this.#options.signal.aborted) return;
      if (fact) this.take(fact); else this.#options.onChanged();
    }).catch(this.#options.onError);
  }
}

function bytesOf(text: string): Uint8Array {
  return fromBase64Url(text) ?? new Uint8Array(0);
}
