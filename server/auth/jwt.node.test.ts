import fc from 'fast-check';
import type { JWTPayload } from 'jose';
import assert from 'node:assert/strict';
import { createHash, createHmac, createSecretKey, generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { asker, base64url, ED25519, JWT_SECRET, mint, P256, P384, pemOf, RSA, SECRET_KEY } from './tokens.testing.ts';

const STRANGER = generateKeyPairSync('ed25519');
const nowS = () => Math.floor(Date.now() / 1000);
/** A token whose signature is HMAC-SHA256 under `key`, whatever its header says. */
function forge(header: object, claims: object | string, key: string): string {
  const signed = `${base64url(header)}.${base64url(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

describe('a JWT', () => {
  it('says who someone is by its claims, of which no other is believed', async () => {
    const ask = asker({ jwt: { secret: JWT_SECRET } });
    const exp = nowS() + 60;
    const expiresAt = exp * 1000;
    const table: [JWTPayload, object][] = [
      [{ exp, sub: 'u1' }, { sub: 'u1', expiresAt }],
      [{ exp, sub: 'u1', name: ' A\u202e  nn ', role: 'host', room: 'lobby' }, { sub: 'u1', name: 'A nn', roles: ['host'], rooms: ['lobby'], expiresAt }],
      [{ exp, roles: ['host', 'guest'], rooms: ['a', 'b'] }, { roles: ['host', 'guest'], rooms: ['a', 'b'], expiresAt }],
      [{ exp, rooms: [] }, { rooms: [], expiresAt }],
      [{ exp, name: '\u200b' }, { expiresAt }],
      [{ exp, expiresAt: 1, identity: { roles: ['host'] }, scope: 'host', admin: true, code: 'x' }, { expiresAt }],
    ];
    for (const [claims, identity] of table) {
      const token = await mint(claims);
      const tokenHash = createHash('sha256').update(token).digest('base64url');
      const expected = { ...identity, ...(claims.sub === undefined && { tokenHash }) };
      assert.deepEqual({ ...await ask({ token }) as object }, expected, JSON.stringify(claims));
    }
  });

  it('is refused whole where a claim is malformed', async () => {
    const ask = asker({ jwt: { secret: JWT_SECRET } });
    for (const claims of [
      { room: '' }, { room: 'a b' }, { room: 1 }, { room: null }, { rooms: 'lobby' }, { rooms: ['a', 2] }, { rooms: [''] }, { rooms: null },
      { room: 'a', rooms: ['a'] }, { role: '' }, { role: 5 }, { role: ['host'] }, { roles: 'host' }, { roles: [[]] }, { role: 'a', roles: [] },
      { roles: Array(17).fill('x') }, { role: 'x'.repeat(65) }, { sub: 5 }, { sub: '' }, { sub: 'x'.repeat(256) }, { name: {} }, { name: 7 },
    ]) {
      assert.equal(await ask({ token: await mint(claims) }), 'unauthorized', JSON.stringify(claims));
    }
  });

  it('is refused unless it is signed here, for here and for now', async () => {
    const ask = asker({ jwt: { secret: JWT_SECRET, issuer: ['https://id.example', 'https://id2.example'], audience: 'calls' } });
    const good = { iss: 'https://id.example', aud: 'calls' };
    const minted = (claims: object, ttlS?: number) => mint({ ...good, ...claims }, ttlS === undefined ? {} : { ttlS });
    assert.equal(typeof await ask({ token: await minted({}) }), 'object');
    assert.equal(typeof await ask({ token: await minted({ iss: 'https://id2.example', aud: ['x', 'calls'] }) }), 'object');
    assert.equal(typeof await ask({ token: await minted({ nbf: nowS() + 3 }, -3) }), 'object', 'within the tolerance');
    const whole = await minted({});
    const [header, payload, signature] = whole.split('.') as [string, string, string];
    const table: [string, unknown, string][] = [
      ['expired', await minted({}, -10), 'token-expired'],
      ['not yet', await minted({ nbf: nowS() + 60 }), 'unauthorized'],
      ['no end', await minted({ exp: undefined }), 'unauthorized'],
      ['an end that is no number', await minted({ exp: 'never' }), 'unauthorized'],
      ['an endless end', forge({ alg: 'HS256' }, '{"iss":"https://id.example","aud":"calls","exp":1e999}', JWT_SECRET), 'unauthorized'],
      ['another issuer', await minted({ iss: 'https://evil.example' }), 'unauthorized'],
      ['no issuer', await minted({ iss: undefined }), 'unauthorized'],
      ['another audience', await minted({ aud: 'mail' }), 'unauthorized'],
      ['no audience', await minted({ aud: undefined }), 'unauthorized'],
      ['another secret', await mint(good, { key: createSecretKey('x'.repeat(32), 'utf8') }), 'unauthorized'],
      ['no signature', `${header}.${payload}.`, 'unauthorized'],
      ['part of the signature', `${header}.${payload}.${signature.slice(0, -4)}`, 'unauthorized'],
      ['other claims', `${header}.${base64url({ ...good, exp: nowS() + 60, role: 'host' })}.${signature}`, 'unauthorized'],
      ['alg none', `${base64url({ alg: 'none' })}.${payload}.`, 'unauthorized'],
      ['alg None, signed', forge({ alg: 'None' }, { ...good, exp: nowS() + 60 }, JWT_SECRET), 'unauthorized'],
      ['alg HS384', await mint(good, { header: { alg: 'HS384' }, key: new Uint8Array(SECRET_KEY.export()) }), 'unauthorized'],
      ['a critical extension', forge({ alg: 'HS256', crit: ['x'], x: 1 }, { ...good, exp: nowS() + 60 }, JWT_SECRET), 'unauthorized'],
      ['an unencoded payload', forge({ alg: 'HS256', crit: ['b64'], b64: false }, { ...good, exp: nowS() + 60 }, JWT_SECRET), 'unauthorized'],
      ['no JSON', forge({ alg: 'HS256' }, [], JWT_SECRET), 'unauthorized'],
      ['more parts', `${whole}.x`, 'unauthorized'], ['fewer parts', `${header}.${payload}`, 'unauthorized'],
      ['too long', await minted({ pad: 'x'.repeat(4096) }), 'unauthorized'],
      ['empty', '', 'unauthorized'], ['garbage', 'x', 'unauthorized'], ['no text', { toString: () => whole }, 'unauthorized'],
      ['a list', [whole], 'unauthorized'], ['a number', 5, 'unauthorized'], ['null', null, 'unauthorized'], ['none', undefined, 'unauthorized'],
    ];
    for (const [what, token, code] of table) assert.equal(await ask({ token }), code, what);
  });

  it('without an end is let in where the operator says so', async () => {
    const ask = asker({ jwt: { secret: JWT_SECRET, allowNoExpiry: true } });
    assert.deepEqual({ ...await ask({ token: await mint({ exp: undefined, sub: 'u' }) }) as object }, { sub: 'u' });
    assert.equal(await ask({ token: await mint({}, { ttlS: -10 }) }), 'token-expired');
  });

  for (const [pair, algorithms, foreign] of [
    [RSA, ['RS256', 'PS256'], 'RS384'], [P256, ['ES256'], 'ES256K'], [P384, ['ES384'], 'ES512'], [ED25519, ['EdDSA'], 'HS256'],
  ] as const) {
    it(`is checked by a public key under its own algorithms only: ${algorithms.join(', ')}`, async () => {
      const ask = asker({ jwt: { publicKey: pemOf(pair) } });
      for (const alg of algorithms) {
        const token = await mint({ sub: 'u' }, { key: pair.privateKey, header: { alg, kid: 'any' } });
        assert.equal((await ask({ token }) as { sub: string }).sub, 'u', alg);
      }
      const claims = { sub: 'u', exp: nowS() + 60 };
      const strangers = [
        // The public key is public: taken for a secret, it would let anyone sign.
        forge({ alg: 'HS256' }, claims, pemOf(pair)), forge({ alg: 'HS256' }, claims, pemOf(pair).trim()),
        forge({ alg: 'HS256' }, claims, pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')),
        forge({ alg: foreign }, claims, pemOf(pair)), forge({ alg: 'none' }, claims, ''),
        await mint(claims, { key: STRANGER.privateKey, header: { alg: 'EdDSA' } }),
        // Its own key, brought along.
        await mint(claims, { key: STRANGER.privateKey, header: { alg: 'EdDSA', jwk: STRANGER.publicKey.export({ format: 'jwk' }) } }),
      ];
      for (const [index, token] of strangers.entries()) assert.equal(await ask({ token }), 'unauthorized', String(index));
    });
  }

  it('made at random, or out of a good one, never lets in and never throws (seed 7)', async () => {
    const ask = asker({ jwt: { publicKey: pemOf(P256) } });
    const good = await mint({ sub: 'u', room: 'lobby' }, { key: P256.privateKey, header: { alg: 'ES256' } });
    assert.equal(typeof await ask({ token: good }), 'object');
    const header = fc.record({
      alg: fc.constantFrom('none', 'HS256', 'ES256', 'RS256', 'EdDSA', 'toString', '', null, 5),
      kid: fc.anything(), crit: fc.anything(), typ: fc.anything(), b64: fc.boolean(), jku: fc.webUrl(), jwk: fc.object(),
    }, { requiredKeys: [] }).map((value) => base64url(JSON.stringify(value)));
    const part = fc.oneof(header, fc.string(), fc.base64String(), fc.json().map(base64url), fc.constantFrom(...good.split('.')));
    const mutated = fc.tuple(fc.nat(good.length - 1), fc.constantFrom('A', 'z', '.', '-', ' ', '\0', 'é', '')).map(([at, letter]) =>
      good.slice(0, at) + letter + good.slice(at + 1));
    const token = fc.oneof(fc.array(part, { maxLength: 5 }).map((parts) => parts.join('.')), mutated, fc.string(), fc.anything());
    await fc.assert(fc.asyncProperty(token, async (candidate) => {
      fc.pre(!isSameToken(candidate, good));
      const answer = await ask({ token: candidate });
      assert.ok(answer === 'unauthorized' || answer === 'token-expired', JSON.stringify(answer));
    }), { seed: 7, numRuns: 1500 });
  });
});

/** The last letter of base64url carries bits that nobody reads: another letter, the same signature. */
function isSameToken(candidate: unknown, good: string): boolean {
  const [signed, signature] = [good.slice(0, good.lastIndexOf('.') + 1), good.slice(good.lastIndexOf('.') + 1)];
  return typeof candidate === 'string' && candidate.startsWith(signed)
    && Buffer.from(candidate.slice(signed.length), 'base64url').equals(Buffer.from(signature, 'base64url'));
}
