import { createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { defaultLimits } from '../limits.ts';
import { silent, type Log } from '../log.ts';
import type { Identity } from '../types.ts';
import { isRefusal } from './authenticate.ts';
import { Gate, type AuthOptions } from './gate.ts';

export const JWT_SECRET = 'a secret for tokens, of the tests';
export const SECRET_KEY = createSecretKey(JWT_SECRET, 'utf8');

export interface KeyPair { publicKey: KeyObject; privateKey: KeyObject }

export const RSA: KeyPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const P256: KeyPair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const P384: KeyPair = generateKeyPairSync('ec', { namedCurve: 'P-384' });
export const ED25519: KeyPair = generateKeyPairSync('ed25519');

export function pemOf({ publicKey }: KeyPair): string {
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

export interface MintOptions { key?: KeyObject | Uint8Array; header?: JWTHeaderParameters; ttlS?: number }

/** A token that ends in an hour, unless told otherwise. */
export function mint(claims: Omit<JWTPayload, 'exp'> = {}, { key = SECRET_KEY, header = { alg: 'HS256' }, ttlS = 3600 }: MintOptions = {}): Promise<string> {
  return new SignJWT({ exp: Math.floor(Date.now() / 1000) + ttlS, ...claims }).setProtectedHeader(header).sign(key);
}

/** Epoch milliseconds. */
export function endOf(token: string): number {
  return (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp: number }).exp * 1000;
}

/** What a relay of these options says to `auth`: the identity, or the code of the refusal. */
export function asker(options: AuthOptions, log: Log = silent): (auth: Record<string, unknown>) => Promise<Identity | string> {
  const gate = new Gate(options, defaultLimits(8), log);
  return async (auth) => {
    const answer = await gate.admit({ auth, address: '127.0.0.1', headers: {} });
    return isRefusal(answer) ? answer.code : answer;
  };
}

export function base64url(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}
