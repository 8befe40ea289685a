import { hashVouch, newestTwo } from './hash-vouch.ts';
import { isExpired } from './check-claims.ts';
import type { VouchClaims } from '../protocol/vouch.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { Vouched } from './vouch-options.ts';

/** What everyone's proof is weighed by. */
export interface Scales {
  readonly required: boolean;
  /** By the issuer's clock. */
  nowS(): number;
  /** SHA-256 of our own vouches: the newest and the one before. */
  ownHashes(): string;
  isRelay(issuer: string): boolean;
}

/** What is known about who a participant is, over all their connections of this join. */
export class Proof {
  /** The compact vouch that was looked at last, whatever was found. */
  heard: string | undefined;
  /** Why there is none that holds. */
  problem: ErrorCode = 'vouch-missing';
  readonly #scales: Scales;
  #claims: VouchClaims | undefined;
  #hashes = '';

  constructor(scales: Scales) {
    this.#scales = scales;
  }

  /** Of what was said first, to which a renewal has to fit. */
  get claims(): VouchClaims | undefined {
    return this.#claims;
  }

  /** For the hello: our vouches as we sent them. */
  get mine(): string {
    return this.#scales.ownHashes();
  }

  /** For the hello: theirs as we hold them. */
  get theirs(): string {
    return this.#hashes;
  }

  /** The key that somebody vouches for, as long as that holds. */
  get fp(): string | undefined {
    return this.#claims && !isExpired(this.#claims, this.#scales.nowS()) ? this.#claims.fp : undefined;
  }

  /** Why no connection may be made to them; `undefined`: it may. */
  get refusal(): ErrorCode | undefined {
    if (!this.#scales.required || this.fp !== undefined) return undefined;
    return this.#claims ? 'vouch-expired' : this.problem;
  }

  /** What is said of who has proved to hold this key. */
  vouchedAs(fp: string | undefined): Vouched | undefined {
    const { fp: vouchedFp } = this;
    if (!this.#claims || vouchedFp === undefined || vouchedFp !== fp) return undefined;
    const { iss, sub, name, roles } = this.#claims;
    return { issuer: iss, byRelay: this.#scales.isRelay(iss), sub, ...(name && { name }), ...(roles && { roles }) };
  }

  /** @param claims what was found right about it */
  async accept(compact: string, claims: VouchClaims): Promise<void> {
    const hash = await hashVouch(compact);
    // Only what was accepted before may still be meant: not one that was refused, nor none.
    this.#hashes = this.#claims ? newestTwo(hash, this.#hashes) : hash;
    this.#claims = claims;
  }

  /** Held all the same, so that both ends see who altered it; and not if it stands against one that holds. */
  async refuse(compact: string, problem: ErrorCode): Promise<void> {
    this.problem = problem;
    if (!this.#claims) this.#hashes = newestTwo(await hashVouch(compact), this.#hashes);
  }
}
