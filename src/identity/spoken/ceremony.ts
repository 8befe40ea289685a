/**
 * One member set comparing itself: everybody commits to a number, and only who holds the commitments of all the others says
 * theirs. Facts in, actions out; no clock, no keys, no network.
 */
import type { ParticipantId } from '../../protocol/wire.ts';

/** `idle` until somebody, here or elsewhere, begins. */
export type Phase = 'idle' | 'committing' | 'revealing' | 'ready' | 'stalled' | 'mismatch';

export type CeremonyFact =
  /** Somebody here asks for it, or the set has just come together. */
  | { type: 'begin' }
  /** My own number for this epoch, and the commitment to it. */
  | { type: 'drawn'; epoch: number; commit: string; nonce: string }
  | { type: 'commit' | 'reveal'; from: ParticipantId; epoch: number; value: string }
  /** Whether what they revealed is what they had committed to. */
  | { type: 'checked'; from: ParticipantId; epoch: number; matches: boolean }
  | { type: 'time-up'; epoch: number; phase: Phase }
  /** What was told to them last may not have arrived. */
  | { type: 'reconnected'; id: ParticipantId };

export type CeremonyAction =
  | { do: 'draw'; epoch: number }
  | { do: 'tell'; to: ParticipantId; what: 'commit' | 'reveal'; epoch: number; value: string }
  | { do: 'check'; from: ParticipantId; epoch: number; commit: string; nonce: string }
  /** Everything was checked: make the code of it. */
  | { do: 'derive'; epoch: number; own: string; nonces: ReadonlyMap<ParticipantId, string> }
  | { do: 'watch'; epoch: number; phase: Phase };

/** How often a set tries by itself, and how often it takes up a try of somebody else's, until somebody here asks again. */
const TRIES = 3;
const FOLLOWED = 8;
/** Who was cut off for a while missed some tries; nobody skips so many that the numbers could run out. */
const AHEAD = 8;

export class Ceremony {
  readonly #others: readonly ParticipantId[];
  readonly #actions: CeremonyAction[] = [];
  #epoch: number;
  #phase: Phase = 'idle';
  #tries = 0;
  #followed = 0;
  /** The highest that was not taken up: who proposed it has told its commitment, and tells it no more. */
  #missed = 0;
  #own: { commit: string; nonce: string } | undefined;
  readonly #commits = new Map<ParticipantId, string>();
  readonly #nonces = new Map<ParticipantId, string>();
  readonly #checked = new Set<ParticipantId>();

  /** @param epoch the highest that this set has seen so far */
  constructor(others: Iterable<ParticipantId>, epoch = 0) {
    this.#others = [...others];
    this.#epoch = epoch;
  }

  get epoch(): number {
    return this.#epoch;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Whom it waits for. */
  get missing(): readonly ParticipantId[] {
    const answered = this.#allCommitted ? this.#checked : this.#commits;
    return this.#others.filter((id) => !answered.has(id));
  }

  take(fact: CeremonyFact): CeremonyAction[] {
    this.#step(fact);
    return this.#actions.splice(0);
  }

  #step(fact: CeremonyFact): void {
    if (fact.type === 'begin') {
      this.#tries = 1;
      this.#followed = 0;
      this.#enter(Math.max(this.#epoch, this.#missed) + 1);
    } else if (fact.type === 'reconnected') {
      this.#repeat(fact.id);
    } else if (fact.type === 'commit' && fact.epoch > this.#epoch) {
      if (fact.epoch > this.#epoch + AHEAD) return;
      // A mismatch stands until it is begun again here: no word from outside takes it away.
      if (this.#phase === 'mismatch' || this.#followed >= FOLLOWED) {
        this.#missed = Math.min(fact.epoch, this.#epoch + TRIES);
        return;
      }
      this.#followed++;
      this.#enter(fact.epoch);
      this.#hear(fact);
    } else if (fact.epoch === this.#epoch) {
      this.#hear(fact);
    }
  }

  #enter(epoch: number): void {
    this.#epoch = epoch;
    this.#own = undefined;
    for (const held of [this.#commits, this.#nonces, this.#checked]) held.clear();
    this.#actions.push({ do: 'draw', epoch });
    this.#go('committing');
  }

  /** What is of the present epoch. */
  #hear(fact: Exclude<CeremonyFact, { type: 'begin' | 'reconnected' }>): void {
    switch (fact.type) {
      case 'drawn':
        this.#own = fact;
        for (const to of this.#others) this.#tell(to, 'commit', fact.commit);
        this.#revealIfHeld();
        return;
      case 'commit':
        // The first holds: who could change it later would have committed to nothing.
        if (!this.#isOpen || this.#commits.has(fact.from)) return;
        this.#commits.set(fact.from, fact.value);
        this.#revealIfHeld();
        return;
      case 'reveal': {
        const commit = this.#commits.get(fact.from);
        if (!this.#isOpen || commit === undefined || this.#nonces.has(fact.from)) return;
        this.#nonces.set(fact.from, fact.value);
        this.#actions.push({ do: 'check', from: fact.from, epoch: fact.epoch, commit, nonce: fact.value });
        return;
      }
      case 'checked':
        if (!this.#isOpen) return;
        if (!fact.matches) { this.#phase = 'mismatch'; return; }
        this.#checked.add(fact.from);
        this.#finishIfChecked();
        return;
      case 'time-up':
        if (fact.phase !== this.#phase || !this.#isOpen) return;
        if (this.#tries >= TRIES) { this.#phase = 'stalled'; return; }
        this.#tries++;
        this.#enter(this.#epoch + 1);
    }
  }

  get #isOpen(): boolean {
    return this.#phase === 'committing' || this.#phase === 'revealing';
  }

  get #allCommitted(): boolean {
    return this.#others.every((id) => this.#commits.has(id));
  }

  /** The heart of it: nobody learns my number before they are bound to theirs. */
  #revealIfHeld(): void {
    if (this.#phase !== 'committing' || !this.#own || !this.#allCommitted) return;
    for (const to of this.#others) this.#tell(to, 'reveal', this.#own.nonce);
    this.#go('revealing');
    this.#finishIfChecked();
  }

  #finishIfChecked(): void {
    if (this.#phase !== 'revealing' || !this.#own || !this.#others.every((id) => this.#checked.has(id))) return;
    this.#phase = 'ready';
    this.#actions.push({ do: 'derive', epoch: this.#epoch, own: this.#own.nonce, nonces: new Map(this.#nonces) });
  }

  #repeat(id: ParticipantId): void {
    if (!this.#own || this.#phase === 'mismatch' || this.#phase === 'stalled') return;
    this.#tell(id, 'commit', this.#own.commit);
    if (this.#phase !== 'committing') this.#tell(id, 'reveal', this.#own.nonce);
  }

  #tell(to: ParticipantId, what: 'commit' | 'reveal', value: string): void {
    this.#actions.push({ do: 'tell', to, what, epoch: this.#epoch, value });
  }

  #go(phase: 'committing' | 'revealing'): void {
    this.#phase = phase;
    this.#actions.push({ do: 'watch', epoch: this.#epoch, phase });
  }
}
