import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { silent } from './log.ts';
import { loadSecret, ResumeTokens } from './resume.ts';

const SECRET = 'sixteen characters';

describe('ResumeTokens', () => {
  const tokens = new ResumeTokens(SECRET, 1_000);
  const token = tokens.issue('lobby', 'abc-DEF_1', undefined, 0);

  it('gives back the participant for the room it was issued for, until it expires', () => {
    assert.equal(tokens.verify('lobby', token, undefined, 999), 'abc-DEF_1');
    assert.equal(tokens.verify('lobby', token, undefined, 1_000), undefined);
    assert.equal(tokens.verify('other', token, undefined, 0), undefined);
    assert.equal(tokens.verify('lobby', token, 'anna', 0), undefined);
    const hers = tokens.issue('lobby', 'abc-DEF_1', 'anna', 0);
    assert.deepEqual(['anna', 'bob', '', undefined].map((subject) => tokens.verify('lobby', hers, subject, 0)),
      ['abc-DEF_1', undefined, undefined, undefined]);
  });

  it('is accepted by another relay with the same secret, and by none with another', () => {
    assert.equal(new ResumeTokens(SECRET, 5).verify('lobby', token, undefined, 0), 'abc-DEF_1');
    assert.equal(new ResumeTokens(`${SECRET}!`, 5).verify('lobby', token, undefined, 0), undefined);
  });

  it('refuses anything that was changed', () => {
    const [id = '', expiry = '', signature = ''] = token.split('.');
    const changed = [
      '', '.', '..', '...', `${token}.`, `${token}.x`, `x${token}`, `${id}.${expiry}`, `abc.${expiry}.${signature}`,
      `${id}.zzzzzzzz.${signature}`, `${id}.${expiry}.`, `${id}.${expiry}.${signature.slice(1)}`, `${id}.${expiry}.${signature}A`,
      `${id}..${expiry}${signature}`, `.${expiry}.${signature}`, `__proto__.${expiry}.${signature}`,
    ];
    for (const candidate of changed) assert.equal(tokens.verify('lobby', candidate, undefined, 0), undefined, candidate);
  });

  it('throws for a secret that is too short', () => {
    assert.throws(() => new ResumeTokens('short', 1), TypeError);
  });
});

describe('loadSecret', () => {
  function folder(t: TestContext): string {
    const dir = mkdtempSync(join(tmpdir(), 'relay-secret-'));
    t.after(() => { rmSync(dir, { recursive: true }); });
    return dir;
  }

  it('makes the file once, for its owner only, and reads it ever after', (t) => {
    const file = join(folder(t), 'secret');
    const secret = loadSecret(file, silent);
    assert.ok(secret.length >= 43);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(loadSecret(file, silent), secret);
  });

  it('goes on with a secret of this process, and says so, where the file cannot be kept', (t) => {
    const dir = folder(t);
    const empty = join(dir, 'empty');
    writeFileSync(empty, '');
    for (const file of [join(dir, 'no', 'such', 'folder'), dir, empty]) {
      const lines: string[] = [];
      const secret = loadSecret(file, (level, message) => { lines.push(`${level} ${message}`); });
      assert.ok(secret.length >= 43);
      assert.match(lines.join(), /^warn the relay secret cannot be kept/);
    }
  });
});
