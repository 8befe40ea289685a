import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { TestIssuer, rewrite } from '../../test/support/issuer.ts';
import { MAX_VOUCH_CHARS } from './limits.ts';
import { parseVouch } from './vouch.ts';
import type { VouchClaims } from './vouch.ts';
import type { Said } from '../../test/support/issuer.ts';

const SAID: Said = { room: 'lobby', pid: 'p1', fp: 'A'.repeat(43), sub: 'u-1', name: 'Ann', roles: ['host'], iat: 1_800_000_000 };

describe('parseVouch', () => {
  let vouch: string;
  before(async () => { vouch = await (await TestIssuer.make()).sign(SAID, { kid: 'k' }); });

  it('reads what an issuer says', () => {
    const parsed = parseVouch(vouch);
    assert.ok(parsed);
    const { jti, ...claims } = parsed.claims;
    assert.ok(jti);
    const expected: Omit<VouchClaims, 'jti'> = {
      iss: 'https://issuer.example', aud: 'rtc-elements/1', room: 'lobby', pid: 'p1', sub: 'u-1', name: 'Ann', roles: ['host'],
      iat: 1_800_000_000, nbf: 1_800_000_000, exp: 1_800_000_600, fp: SAID.fp,
    };
    assert.deepEqual([parsed.kid, claims], ['k', expected]);
  });

  it('cleans the name as any other', async () => {
    const named = await (await TestIssuer.make()).sign({ ...SAID, name: 'A\u202Enn\u200B  B' });
    assert.equal(parseVouch(named)?.claims.name, 'A nn B');
  });

  const WRONG_HEADERS: Record<string, unknown>[] = [
    { alg: 'none' }, { alg: 'HS256' }, { alg: 'ES384' }, { alg: 'es256' }, { typ: 'JWT' }, { typ: undefined }, { kid: undefined }, { kid: '' },
    { kid: 7 }, { crit: ['exp'] }, { jwk: {} }, { jku: 'https://evil.example' }, { x5c: [] }, { b64: false },
  ];
  for (const change of WRONG_HEADERS) {
    it(`refuses a header with ${JSON.stringify(change)}`, () => {
      assert.equal(parseVouch(rewrite(vouch, 0, (header) => ({ ...header, ...change }))), undefined);
    });
  }

  const REQUIRED = ['iss', 'aud', 'room', 'pid', 'sub', 'iat', 'nbf', 'exp', 'jti', 'cnf'];
  const WRONG: Record<string, unknown>[] = [
    ...REQUIRED.map((claim) => ({ [claim]: undefined })), ...REQUIRED.map((claim) => ({ [claim]: null })),
    { aud: ['rtc-elements/1'] }, { room: 'a b' }, { pid: '../x' }, { sub: '' }, { sub: 'x'.repeat(256) }, { iat: 1.5 }, { iat: '1800000000' },
    { exp: 1_800_000_601 }, { exp: 1_800_000_000 }, { nbf: -1 }, { name: 7 }, { name: 'x'.repeat(257) }, { roles: 'host' }, { roles: [7] },
    { cnf: {} }, { cnf: { 'x5t#S256': 'A'.repeat(42) } }, { cnf: { 'x5t#S256': `${'A'.repeat(42)}B` } }, { cnf: { 'x5t#S256': ['A'] } },
  ];
  for (const change of WRONG) {
    it(`refuses claims with ${JSON.stringify(change, (_, value: unknown) => value ?? null).slice(0, 60)}`, () => {
      assert.equal(parseVouch(rewrite(vouch, 1, (claims) => ({ ...claims, ...change }))), undefined);
    });
  }

  it('refuses another number of parts, another encoding, another length', () => {
    const [head = '', body = '', signature = ''] = vouch.split('.');
    for (const wrong of [
      '', '.', '..', head, `${head}.${body}`, `${vouch}.`, `${vouch}.${signature}`, `${vouch}=`, ` ${vouch}`, `${vouch}\n`,
      `${head}.${body}.${signature.slice(0, -2)}`, `${head}.${body}.`, `${head}.${Buffer.from('[]').toString('base64url')}.${signature}`,
      `${head}.${Buffer.from([0xff, 0xfe]).toString('base64url')}.${signature}`, 'x'.repeat(MAX_VOUCH_CHARS + 1),
    ]) assert.equal(parseVouch(wrong), undefined, wrong.slice(0, 40));
  });

  it('takes any text without throwing, and returns claims only of the shape they are said to have', () => {
    const [head = '', body = '', signature = ''] = vouch.split('.');
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const compact = fc.oneof(
      fc.string({ maxLength: 3000 }),
      fc.json().map((text) => [head, Buffer.from(text).toString('base64url'), signature].join('.')),
      fc.tuple(fc.constantFrom(...Object.keys(claims), '__proto__', 'constructor'), fc.jsonValue())
        .map(([key, value]) => [head, encode({ ...claims, [key]: value }), signature].join('.')),
    );
    fc.assert(fc.property(compact, (text) => {
      const parsed = parseVouch(text);
      if (!parsed) return;
      const { claims: { exp, iat, fp, room, pid } } = parsed;
      assert.ok(exp > iat && exp - iat <= 600 && Buffer.from(fp, 'base64url').length === 32);
      assert.match(room, /^[\w-]{1,64}$/);
      assert.match(pid, /^[\w-]{1,64}$/);
    }), { numRuns: 2000 });
  });
});
