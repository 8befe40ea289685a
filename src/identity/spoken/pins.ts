import type { ParticipantId } from '../../protocol/wire.ts';

export interface Person {
  readonly id: ParticipantId;
  readonly name: string;
  /** The `sub` of the vouch that they send; empty without one. */
  readonly sub: string;
  /** SHA-256 of the certificate that the connection to them really uses, base64url. */
  readonly fp: string;
}

/** Whom people here have compared codes with. In memory alone: a key lasts for one join. */
export class Pins {
  readonly #verified = new Set<string>();
  /** Names and subjects under which somebody was verified. */
  readonly #known = new Set<string>();

  verify(person: Person): void {
    this.#verified.add(keyOf(person));
    for (const call of callsOf(person)) this.#known.add(call);
  }

  revoke(person: Person): void {
    this.#verified.delete(keyOf(person));
  }

  isVerified(person: Person): boolean {
    return this.#verified.has(keyOf(person));
  }

  /** Somebody of this name or subject was verified here under another key. */
  isAnother(person: Person): boolean {
    return !this.isVerified(person) && callsOf(person).some((call) => this.#known.has(call));
  }
}

function keyOf({ id, fp }: Person): string {
  return `${id} ${fp}`;
}

function callsOf({ name, sub }: Person): string[] {
  const called = name.normalize('NFKC').trim().toLowerCase();
  return [...(called ? [`name ${called}`] : []), ...(sub ? [`sub ${sub}`] : [])];
}
