import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { TestIssuer, rewrite } from '../../test/support/issuer.ts';
import { examineVouch } from './examine-vouch.ts';
import { VouchKeys } from './vouch-keys.ts';
import type { Said } from '../../test/support/issuer.ts';
import type { ExpectedClaims } from './check-claims.ts';

const NOW_S = 1_800_000_000;
const SAID: Said = { room: 'lobby', pid: 'p1', fp: 'A'.repeat(43), sub: 'u-1', iat: NOW_S };
const OTHER_FP = `${'B'.repeat(42)}A`;
const EXPECTED: ExpectedClaims = { room: 'lobby', pid: 'p1', iss: undefined };

describe('examineVouch', () => {
  let issuer: TestIssuer;
  let keys: VouchKeys;
  before(async () => {
    issuer = await TestIssuer.make();
    keys = new VouchKeys(issuer.keys);
  });

  const codeOf = (vouch: string, expected: ExpectedClaims = EXPECTED, by = keys) =>
    examineVouch(vouch, expected, by, () => NOW_S).then(() => 'ok', (error: unknown) => (error as { code?: string }).code);

  it('finds nothing wrong with one in order', async () => {
    assert.equal(await codeOf(await issuer.sign(SAID)), 'ok');
    const before = { iss: issuer.name, sub: 'u-1', fp: SAID.fp };
    assert.equal(await codeOf(await issuer.sign(SAID), { ...EXPECTED, iss: issuer.name, before, fp: SAID.fp }), 'ok');
  });

  const SIGNED: [string, Partial<Said>, Partial<ExpectedClaims>, string][] = [
    ['for something else', { aud: 'mail' }, {}, 'vouch-audience'],
    ['of another issuer', {}, { iss: 'https://other.example' }, 'vouch-issuer'],
    ['for another room', { room: 'attic' }, {}, 'vouch-room'],
    ['for another participant', { pid: 'p2' }, {}, 'vouch-participant'],
    ['for another key than the pinned one', { fp: OTHER_FP }, { fp: SAID.fp }, 'vouch-fingerprint'],
    ['that renews another key\'s', { fp: OTHER_FP }, { before: { iss: 'https://issuer.example', sub: 'u-1', fp: SAID.fp } }, 'vouch-fingerprint'],
    ['that renews somebody else\'s', { sub: 'u-2' }, { before: { iss: 'https://issuer.example', sub: 'u-1', fp: SAID.fp } }, 'vouch-subject'],
    ['that renews another issuer\'s', {}, { before: { iss: 'https://other.example', sub: 'u-1', fp: SAID.fp } }, 'vouch-subject'],
    ['from a minute ahead', { iat: NOW_S + 61 }, {}, 'vouch-early'],
    ['that begins later', { nbf: NOW_S + 61 }, {}, 'vouch-early'],
    ['that ended a minute ago', { iat: NOW_S - 660 }, {}, 'vouch-expired'],
    ['that lives too long', { exp: NOW_S + 601 }, {}, 'vouch-malformed'],
  ];
  for (const [what, said, expected, code] of SIGNED) {
    it(`refuses one ${what}, signed by the issuer itself: ${code}`, async () => {
      assert.equal(await codeOf(await issuer.sign({ ...SAID, ...said }), { ...EXPECTED, ...expected }), code);
    });
  }

  it('bears clocks that are a minute apart', async () => {
    for (const iat of [NOW_S + 60, NOW_S - 659]) assert.equal(await codeOf(await issuer.sign({ ...SAID, iat })), 'ok');
  });

  const CLAIMS: Record<string, unknown> = {
    iss: 'x', aud: 'rtc-elements/2', room: 'attic', pid: 'p2', sub: 'root', name: 'Root', roles: ['host'], iat: NOW_S + 1, nbf: NOW_S - 1,
    exp: NOW_S + 599, jti: 'again', cnf: { 'x5t#S256': OTHER_FP },
  };
  for (const [claim, value] of Object.entries(CLAIMS)) {
    it(`refuses one whose ${claim} was altered on the way, before anything it says is believed`, async () => {
      const altered = rewrite(await issuer.sign(SAID), 1, (claims) => ({ ...claims, [claim]: value }));
      assert.equal(await codeOf(altered), 'vouch-signature');
    });
  }

  it('refuses a signature of somebody else under the same name, and a name that is not in the set', async () => {
    const stranger = await TestIssuer.make(issuer.name, issuer.kid);
    assert.equal(await codeOf(await stranger.sign(SAID)), 'vouch-signature');
    assert.equal(await codeOf(await issuer.sign(SAID, { kid: 'unknown' })), 'vouch-key-unknown');
  });

  it('refuses a signature that was altered in any byte', async () => {
    const vouch = await issuer.sign(SAID);
    const [head = '', body = '', signature = ''] = vouch.split('.');
    const bytes = Buffer.from(signature, 'base64url');
    for (const index of [0, 31, 32, 63]) {
      const other = Buffer.from(bytes);
      other[index] = (other[index] ?? 0) ^ 1;
      assert.equal(await codeOf([head, body, other.toString('base64url')].join('.')), 'vouch-signature');
    }
    assert.equal(await codeOf([head, body, Buffer.alloc(64).toString('base64url')].join('.')), 'vouch-signature');
  });

  it('says in the error whom it is about, and nothing of what came', async () => {
    const vouch = await issuer.sign({ ...SAID, room: 'attic' });
    await assert.rejects(examineVouch(vouch, EXPECTED, keys, () => NOW_S), (error: Error) => {
      assert.match(error.message, /p1/);
      return !error.message.includes('attic') && !error.message.includes(vouch);
    });
  });
});
