import { toRoomError, RoomError } from '../shared/errors.ts';
import { examineVouch } from './examine-vouch.ts';
import { OwnVouch } from './own-vouch.ts';
import { Proof } from './proof.ts';
import { VouchKeys } from './vouch-keys.ts';
import type { Scales } from './proof.ts';
import type { Announcement, Joined, ParticipantId } from '../protocol/wire.ts';
import type { VouchesParts } from './vouch-options.ts';

/** Vouches of one join (docs/identity.md): our own, and what those of others prove. Loaded where there is one to look at. */
export class Vouches {
  readonly own: OwnVouch;
  readonly #parts: VouchesParts;
  readonly #keys: VouchKeys | undefined;
  readonly #proofs = new Map<ParticipantId, Proof>();
  readonly #scales: Scales;
  /** Our own was looked at: before that, nobody's times can be checked. */
  #ready: Promise<void> = Promise.resolve();

  /** @throws RoomError `vouch-keys-unavailable`. */
  constructor(parts: VouchesParts) {
    const { options: { vouchKeys, requireVouch = false }, server } = parts;
    if (requireVouch && !vouchKeys) throw new RoomError('vouch-keys-unavailable', '`requireVouch` needs `vouchKeys`.');
    this.#parts = parts;
    this.#keys = vouchKeys ? new VouchKeys(vouchKeys) : undefined;
    this.own = new OwnVouch(parts, this.#keys);
    const relay = URL.canParse(server, document.baseURI) ? new URL(server, document.baseURI).origin : '';
    this.#scales = {
      required: requireVouch,
      nowS: () => this.own.nowS,
      ownHashes: () => this.own.hashes,
      isRelay: (issuer) => issuer === this.own.relayIssuer || this.#keys?.origin === relay,
    };
  }

  /** The relay let us in, and perhaps signed a vouch. */
  joined(fp: string, joined: Pick<Joined, 'id' | 'vouch'>): void {
    this.#ready = this.own.joined(fp, joined);
  }

  /** Looks at the vouch that they have now; what is wrong with one is told once. @param pinned the key they had before */
  async prove({ id, engine, vouch }: Pick<Announcement, 'id' | 'engine' | 'vouch'>, pinned: string | undefined): Promise<Proof> {
    await this.#ready;
    let proof = this.#proofs.get(id);
    const isNew = !proof;
    if (!proof) this.#proofs.set(id, (proof = new Proof(this.#scales)));
    // An rtc.io client says no hello that would tell which vouch is its own.
    if (!vouch || !engine) {
      if (isNew && this.#scales.required) this.#tell(new RoomError('vouch-missing', `Nobody vouches for participant ${id}.`));
    } else if (vouch !== proof.heard) {
      proof.heard = vouch;
      await this.#examine(proof, id, vouch, pinned);
    }
    return proof;
  }

  async #examine(proof: Proof, pid: ParticipantId, vouch: string, fp: string | undefined): Promise<void> {
    const { room, options: { vouchIssuer: iss } } = this.#parts;
    // Nothing to check it by: it is held, and shown as nothing.
    if (!this.#keys) { await proof.refuse(vouch, 'vouch-keys-unavailable'); return; }
    try {
      const { claims: before } = proof;
      const claims = await examineVouch(vouch, { room, pid, iss, before, fp }, this.#keys, () => this.own.nowS);
      await proof.accept(vouch, claims);
    } catch (cause) {
      const error = toRoomError(cause);
      await proof.refuse(vouch, error.code);
      this.#tell(error);
    }
  }

  #tell(error: RoomError): void {
    this.#parts.tell({ type: 'error', error });
  }
}
