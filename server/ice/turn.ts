import { createHmac } from 'node:crypto';
import type { IceServer, ParticipantId } from '../../src/protocol/wire.ts';
import { DEFAULTS } from '../defaults.ts';

export interface TurnOptions {
  /** `turn:` and `turns:` URLs (RFC 7065) of servers that share the secret. */
  urls: readonly string[];
  /** coturn's `static-auth-secret`; at least 16 characters. It never leaves the relay. */
  secret: string;
  /** Life of the credentials, 60 to 86400 s. Default 600. */
  ttlS?: number;
}

/** Credentials that end by themselves. */
export interface MintedTurn { server: IceServer; /** Epoch milliseconds. */ expiresAt: number }

const HOST = String.raw`(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)`;
export const TURN_URL = new RegExp(String.raw`^turns?:${HOST}(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$`);
/** In less than a minute nobody could join; what holds for more than a day is not short-lived. */
export const TURN_TTL_S = { min: 60, max: 86_400 };

/**
 * Mints credentials as coturn's `use-auth-secret` takes them ("A REST API For Access To TURN Services", section 2.2): the user
 * name says until when they hold, and whose they are; the password is its HMAC-SHA1.
 * @throws TypeError that names the key. It repeats no value: a secret may have been written in the wrong place.
 */
export function createTurnMint(
  { urls, secret, ttlS = DEFAULTS.turnTtlS }: TurnOptions,
): (id: ParticipantId, nowMs?: number) => MintedTurn {
  const list: readonly unknown[] = Array.isArray(urls) ? urls : [];
  if (list.length === 0) throw new TypeError('turn.urls is empty; for example ["turn:turn.example.com:3478"]');
  const wrong = list.findIndex((url) => typeof url !== 'string' || !TURN_URL.test(url));
  if (wrong >= 0) throw new TypeError(`turn.urls: entry ${wrong + 1} is not like turn:turn.example.com:3478?transport=udp`);
  if (typeof secret !== 'string' || secret.length < 16) {
    throw new TypeError('turn.secret has less than 16 characters; for example what "openssl rand -hex 32" prints');
  }
  if (!Number.isInteger(ttlS) || ttlS < TURN_TTL_S.min || ttlS > TURN_TTL_S.max) {
    throw new TypeError(`turn.ttlS is not a whole number of seconds from ${TURN_TTL_S.min} to ${TURN_TTL_S.max}; for example 600`);
  }
  return (id, nowMs = Date.now()) => {
    const expiryS = Math.floor(nowMs / 1000) + ttlS;
    const username = `${expiryS}:${id}`;
    const credential = createHmac('sha1', secret).update(username).digest('base64');
    return { server: { urls: [...urls], username, credential }, expiresAt: expiryS * 1000 };
  };
}
