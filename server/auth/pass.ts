import { parseRenewal } from '../../src/protocol/parse-moderation.ts';
import type { Ack, RoomId } from '../../src/protocol/wire.ts';
import type { Link } from '../link.ts';
import { refuse, type Identity } from '../types.ts';
import { isRefusal, type AuthRefusal } from './authenticate.ts';
import type { Asker, Gate } from './gate.ts';

/** The longest that a timer takes (2^31 - 1 ms, 24 days); beyond it Node fires at once. */
const MAX_TIMER_MS = 2_147_483_647;

/** Who a socket is and until when: when its token has ended and was not renewed, so has the socket. */
export class Pass {
  readonly #asker: Asker;
  readonly #gate: Pick<Gate, 'admit' | 'toleranceMs'>;
  readonly #link: Pick<Link, 'close'>;
  #identity: Identity;
  #timer: NodeJS.Timeout | undefined;
  #renewing = false;
  #ended = false;

  constructor(identity: Identity, asker: Asker, gate: Pick<Gate, 'admit' | 'toleranceMs'>, link: Pick<Link, 'close'>) {
    this.#identity = identity;
    this.#asker = asker;
    this.#gate = gate;
    this.#link = link;
    this.#watch();
  }

  /** Of the newest token. */
  get identity(): Identity {
    return this.#identity;
  }

  /**
   * Takes a token in place of the old one, if it is the same subject's and still lets them into the room they are in. If not,
   * the old one holds until its end.
   */
  async renew(body: unknown, roomOf: () => RoomId | undefined): Promise<Ack<{ tokenExpiresAt?: number }>> {
    const renewal = parseRenewal(body);
    if (!renewal) return refuse('invalid-message', 'A renewal is {token}.');
    if (this.#renewing) return refuse('rate-limited', 'One renewal at a time.');
    this.#renewing = true;
    const identity = await this.#check(renewal.token).finally(() => { this.#renewing = false; });
    if (isRefusal(identity)) return refuse(identity.code, identity.message);
    if (identity.sub !== this.#identity.sub) return refuse('unauthorized', 'The new token is of somebody else.');
    const roomId = roomOf(); // Not before: a room may have been entered meanwhile.
    if (roomId !== undefined && identity.rooms?.includes(roomId) === false) {
      return refuse('forbidden', 'The new token is not for this room.');
    }
    if (!this.#ended) {
      this.#identity = identity;
      this.#watch();
    }
    return { ok: true, ...(identity.expiresAt !== undefined && { tokenExpiresAt: identity.expiresAt }) };
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  /** Asked as at the handshake, with another token. */
  #check(token: string): Promise<Identity | AuthRefusal> {
    return this.#gate.admit({ ...this.#asker, auth: { ...this.#asker.auth, token } });
  }

  #watch(): void {
    clearTimeout(this.#timer);
    const { expiresAt } = this.#identity;
    if (expiresAt === undefined) return;
    const leftMs = expiresAt + this.#gate.toleranceMs - Date.now();
    if (leftMs <= 0) { this.#link.close('token-expired', 'The token has expired.'); return; }
    this.#timer = setTimeout(() => { this.#watch(); }, Math.min(leftMs, MAX_TIMER_MS)).unref();
  }
}
