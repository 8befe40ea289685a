import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';

/** A P-256 key that signs vouches, and the name it goes by: its thumbprint (RFC 7638). */
export interface SigningKey { readonly key: KeyObject; readonly kid: string; readonly jwk: PublicJwk }

/** As others find it in the key set (RFC 7517, 7518 section 6.2). */
export type PublicJwk = Readonly<Record<'kty' | 'crv' | 'x' | 'y' | 'kid' | 'alg' | 'use', string>>;

/** A fresh private key, PKCS #8 in PEM. */
export function generateVouchKey(): string {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** @param pem PKCS #8 or SEC 1. @param name of the option. @throws TypeError that names the option, and never the key. */
export function readSigningKey(pem: string, name: string): SigningKey {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw new TypeError(`${name} is no private key in PEM, such as "rtc-elements vouch-key" prints`, { cause });
  }
  return { key, ...publicHalf(key, name) };
}

/** Of a key that has signed what may still hold. @param pem its private or its public half */
export function readPublicJwk(pem: string, name: string): PublicJwk {
  try {
    return publicHalf(createPublicKey(pem), name).jwk;
  } catch (cause) {
    if (cause instanceof TypeError && cause.message.startsWith(name)) throw cause;
    throw new TypeError(`${name} is no key in PEM: the one that signed before, or its public half`, { cause });
  }
}

function publicHalf(key: KeyObject, name: string): { kid: string; jwk: PublicJwk } {
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new TypeError(`${name} is no P-256 key; make one: rtc-elements vouch-key > vouch-key.pem`);
  }
  const { x = '', y = '' }: JsonWebKey = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y })).digest('base64url');
  return { kid, jwk: { kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ES256', use: 'sig' } };
}
