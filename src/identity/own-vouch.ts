import { RoomError, toRoomError } from '../shared/errors.ts';
import { after } from '../shared/scope.ts';
import { examineVouch } from './examine-vouch.ts';
import { hashVouch, newestTwo } from './hash-vouch.ts';
import type { Joined, ParticipantId } from '../protocol/wire.ts';
import type { VouchClaims } from '../protocol/vouch.ts';
import type { VouchKeys } from './vouch-keys.ts';
import type { VouchesParts } from './vouch-options.ts';

/** A relay gives a socket five seconds to join. */
const ASK_MS = 4000;
const RETRY_MS = 15_000;

/** What is said of ourselves: asked for before the join, or signed by the relay within it, and renewed at half of its life. */
export class OwnVouch {
  /** SHA-256 of the newest that was sent and of the one before; empty while there was none. */
  hashes = '';
  readonly #parts: VouchesParts;
  readonly #keys: VouchKeys | undefined;
  #id: ParticipantId = '';
  #fp = '';
  #compact: string | undefined;
  #claims: VouchClaims | undefined;
  #inRoom = false;
  /** What the issuer's clock said, and when; a clock of ours that somebody sets changes nothing about it. */
  #clock: { readonly s: number; readonly atMs: number } | undefined;
  #cancelRenewal: (() => void) | undefined;

  constructor(parts: VouchesParts, keys: VouchKeys | undefined) {
    this.#parts = parts;
    this.#keys = keys;
  }

  /** Now by the issuer's clock, as far as it is known; never by the relay's. */
  get nowS(): number {
    return this.#clock ? this.#clock.s + (performance.now() - this.#clock.atMs) / 1000 : Date.now() / 1000;
  }

  /** The issuer that is the relay itself. */
  get relayIssuer(): string | undefined {
    return this.#parts.options.getVouch ? undefined : this.#claims?.iss;
  }

  /**
   * What to join with; empty where the relay is asked to sign one.
   * @param id absent where we come back under the same one
   * @throws RoomError where vouches are required, and there is none.
   */
  async forJoin(fp: string, id = this.#id): Promise<string | undefined> {
    const { options: { getVouch, requireVouch }, tell } = this.#parts;
    if (!getVouch) return '';
    const isOurs = id === this.#id;
    if (!isOurs) this.hashes = '';
    [this.#id, this.#fp] = [id, fp];
    if (isOurs && this.#claims && this.nowS < halfLife(this.#claims)) return this.#compact;
    try {
      await this.#ask();
    } catch (error) {
      if (requireVouch) throw error;
      this.#compact = this.#claims = undefined;
      tell({ type: 'error', error: toRoomError(error) });
      this.#renewIn(RETRY_MS);
    }
    return this.#compact;
  }

  /** The relay let us in. */
  async joined(fp: string, { id, vouch }: Pick<Joined, 'id' | 'vouch'>): Promise<void> {
    const isBack = this.#inRoom;
    [this.#id, this.#fp, this.#inRoom] = [id, fp, true];
    const { options: { getVouch, requireVouch }, tell } = this.#parts;
    if (getVouch) return;
    try {
      if (vouch) await this.#take(vouch, isBack);
      else if (requireVouch) throw new RoomError('vouch-unavailable', 'The relay signs no vouches; give `getVouch`.');
    } catch (error) {
      tell({ type: 'error', error: toRoomError(error) });
    }
  }

  async #ask(): Promise<void> {
    const { options: { getVouch }, room, getToken } = this.#parts;
    const signal = AbortSignal.timeout(ASK_MS);
    try {
      const late = new Promise<never>((_, reject) => { signal.onabort = () => { reject(signal.reason as Error); }; });
      const asked = async () => getVouch?.({ room, participant: this.#id, fp: this.#fp, token: await getToken?.(), signal });
      const compact = await Promise.race([asked(), late]);
      if (typeof compact !== 'string') throw new TypeError('It gave none.');
      await this.#take(compact);
    } catch (cause) {
      if (cause instanceof RoomError) throw cause;
      throw new RoomError('vouch-unavailable', `getVouch: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }

  /**
   * @param isLate others were told of us without it
   * @throws RoomError where it is not about us, or not by who the page trusts.
   */
  async #take(compact: string, isLate = this.#inRoom): Promise<void> {
    const expected = { room: this.#parts.room, pid: this.#id, iss: this.#parts.options.vouchIssuer, fp: this.#fp };
    // It was signed just now: its `iat` is the issuer's time. Only forward: nobody sets the clock back by an old one.
    const nowS = (iat: number) => Math.max(iat, this.#clock ? this.nowS : 0);
    const claims = await examineVouch(compact, expected, this.#keys, ({ iat }) => nowS(iat));
    const hash = await hashVouch(compact);
    this.#clock = { s: nowS(claims.iat), atMs: performance.now() };
    // Some hold the one before yet, or none.
    this.hashes = isLate || this.hashes !== '' ? newestTwo(hash, this.hashes) : hash;
    [this.#claims, this.#compact] = [claims, compact];
    this.#renewIn((halfLife(claims) - this.nowS) * 1000);
  }

  #renewIn(delayMs: number): void {
    this.#cancelRenewal?.();
    this.#cancelRenewal = after(delayMs, this.#parts.scope, () => { void this.#renew(); });
  }

  /** Tried again until it succeeds: an expired vouch ends no connection, but allows no new one. */
  async #renew(): Promise<void> {
    const { options: { getVouch }, renew, tell, scope } = this.#parts;
    try {
      if (getVouch) await this.#ask();
      const signed = await renew(getVouch && this.#compact);
      if (!getVouch && typeof signed === 'string') await this.#take(signed);
    } catch (error) {
      if (scope.aborted) return;
      const { code } = toRoomError(error);
      // A relay out of reach is told otherwise, and hears of the newest when it is back.
      if (code !== 'not-joined') tell({ type: 'error', error: toRoomError(error) });
      this.#renewIn(RETRY_MS);
    }
  }
}

function halfLife({ iat, exp }: VouchClaims): number {
  return (iat + exp) / 2;
}
