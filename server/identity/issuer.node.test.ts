import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { calculateJwkThumbprint, createLocalJWKSet, jwtVerify } from 'jose';
import { createIssuer, generateVouchKey } from '../index.ts';
import type { VouchSubject } from './issuer.ts';

const ISSUER = 'https://app.example';
const KEY = generateVouchKey();
const SUBJECT: VouchSubject = { room: 'lobby', participant: 'p1', fp: 'A'.repeat(43), sub: 'u-1', name: 'Ann', roles: ['host'] };

describe('createIssuer', () => {
  it('signs what any JWT library verifies under the published keys', async () => {
    const { issue, jwks } = createIssuer({ issuer: ISSUER, key: KEY });
    const { payload, protectedHeader } = await jwtVerify(issue(SUBJECT), createLocalJWKSet(jwks()), {
      algorithms: ['ES256'], typ: 'rtc-vouch+jwt', audience: 'rtc-elements/1', issuer: ISSUER,
    });
    const { iat = 0, jti, ...rest } = payload;
    assert.deepEqual(rest, {
      iss: ISSUER, aud: 'rtc-elements/1', room: 'lobby', pid: 'p1', sub: 'u-1', name: 'Ann', roles: ['host'],
      nbf: iat, exp: iat + 600, cnf: { 'x5t#S256': SUBJECT.fp },
    });
    assert.ok(Math.abs(Date.now() / 1000 - iat) < 10 && typeof jti === 'string' && jti.length >= 16);
    assert.deepEqual(Object.keys(protectedHeader).sort(), ['alg', 'kid', 'typ']);
  });

  it('names its key by the thumbprint, and publishes nothing private', async () => {
    const [jwk] = createIssuer({ issuer: ISSUER, key: KEY }).jwks().keys;
    assert.equal(jwk?.kid, await calculateJwkThumbprint(jwk ?? {}));
    assert.deepEqual(Object.keys(jwk).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  });

  it('keeps the key before in the set, told as a private or a public one', async () => {
    const before = createIssuer({ issuer: ISSUER, key: KEY });
    const publicPem = createPublicKey(createPrivateKey(KEY)).export({ type: 'spki', format: 'pem' }).toString();
    for (const previousKey of [KEY, publicPem]) {
      const now = createIssuer({ issuer: ISSUER, key: generateVouchKey(), previousKey });
      const keys = createLocalJWKSet(now.jwks());
      assert.equal(now.jwks().keys.length, 2);
      for (const vouch of [before.issue(SUBJECT), now.issue(SUBJECT)]) await jwtVerify(vouch, keys);
    }
  });

  it('vouches for nothing that an engine would refuse', () => {
    const { issue } = createIssuer({ issuer: ISSUER, key: KEY });
    const wrong: Partial<VouchSubject>[] = [
      { room: 'a b' }, { participant: '' }, { fp: 'short' }, { fp: `${'A'.repeat(42)}B` }, { sub: '' }, { sub: 'x'.repeat(256) },
      { roles: Array.from({ length: 17 }, () => 'r') }, { name: 'x'.repeat(300) },
    ];
    for (const change of wrong) assert.throws(() => issue({ ...SUBJECT, ...change }), TypeError, JSON.stringify(change));
    const roles = Array.from({ length: 16 }, (_, i) => `${i}${'r'.repeat(62)}`);
    assert.throws(() => issue({ ...SUBJECT, roles, name: 'ü'.repeat(60), sub: 's'.repeat(255) }), /too long/);
  });

  it('says which option is wrong, and never the key', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const table: [Partial<Parameters<typeof createIssuer>[0]>, RegExp][] = [
      [{ issuer: '' }, /^issuer is no text/], [{ key: 'canary' }, /^key is no private key/], [{ key: rsa }, /^key is no P-256 key/],
      [{ previousKey: 'canary' }, /^previousKey is no key/], [{ previousKey: rsa }, /^previousKey is no P-256 key/],
    ];
    for (const [change, said] of table) {
      assert.throws(() => createIssuer({ issuer: ISSUER, key: KEY, ...change }), (error: Error) => {
        assert.match(error.message, said);
        assert.doesNotMatch(error.message, /canary|BEGIN/);
        return error instanceof TypeError;
      });
    }
  });
});
