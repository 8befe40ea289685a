import type { Announcement, RoomId } from '../../src/protocol/wire.ts';
import { describeError, type Log } from '../log.ts';
import type { Identity } from '../types.ts';
import { createIssuer, type Issuer } from './issuer.ts';
import { generateVouchKey } from './signing-key.ts';

/** A relay that vouches for whom its authentication knows. */
export interface RelayVouchOptions {
  /** What the badge names: the relay's own URL, for example. */
  issuer: string;
  /** Private P-256 key in PEM. Default: made for this process, with a warning. */
  key?: string;
  /** The key before, or its public half, until what it signed has ended. */
  previousKey?: string;
}

/** Where others find the relay's public keys. */
export const VOUCH_KEYS_PATH = '/.well-known/rtc-vouch-jwks.json';

/** Signs within the join, and again when asked; what is signed comes from the authentication, never from the client. */
export class RelayIssuer {
  readonly #issuer: Issuer;
  readonly #log: Log;

  /** @throws TypeError that names the option that is wrong. */
  constructor({ issuer, key, previousKey }: RelayVouchOptions, knowsPeople: boolean, log: Log) {
    this.#log = log;
    try {
      this.#issuer = createIssuer({ issuer, key: key ?? generateVouchKey(), previousKey });
    } catch (cause) {
      throw cause instanceof TypeError ? new TypeError(`vouch.${cause.message}`, { cause }) : cause;
    }
    if (key === undefined) {
      log('warn', 'made a key for vouches that ends with this process; keep one: rtc-elements vouch-key', {
        keys: JSON.stringify(this.jwks()),
      });
    }
    if (!knowsPeople) log('warn', 'vouches name nobody: this relay has no authentication');
  }

  jwks(): ReturnType<Issuer['jwks']> {
    return this.#issuer.jwks();
  }

  /** @returns nothing for who has told no key. */
  vouchFor(roomId: RoomId, { id, fp }: Pick<Announcement, 'id' | 'fp'>, { sub = id, name, roles }: Identity): string | undefined {
    if (fp === undefined) return undefined;
    try {
      return this.#issuer.issue({ room: roomId, participant: id, fp, sub, name, roles });
    } catch (error) {
      this.#log('error', 'somebody cannot be vouched for', { error: describeError(error) });
      return undefined;
    }
  }
}
