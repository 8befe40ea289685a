import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { asker, ED25519, JWT_SECRET, pemOf } from '../auth/tokens.testing.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');

function run(args: string[], env: Record<string, string> = {}): Promise<{ out: string; err: string; code: number | null }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['--import', TSX, MAIN, 'token', ...args], { env: { PATH: process.env['PATH'] ?? '', ...env } },
      (_error, out, err) => { resolve({ out, err, code: child.exitCode }); });
  });
}

describe('rtc-elements token', () => {
  it('prints one that a relay of the same configuration lets in', async () => {
    const env = { JWT_SECRET, JWT_ISSUER: 'https://id.example', JWT_AUDIENCE: 'calls,more' };
    const { out, err } = await run(['--room', 'lobby', '--name', 'Ann', '--role', 'host', '--sub', 'u1', '--ttl', '60'], env);
    assert.equal(err, '');
    const ask = asker({ jwt: { secret: JWT_SECRET, issuer: 'https://id.example', audience: ['calls', 'more'] } });
    const { expiresAt, ...identity } = await ask({ token: out.trim() }) as { expiresAt: number };
    assert.deepEqual(identity, { sub: 'u1', name: 'Ann', roles: ['host'], rooms: ['lobby'] });
    assert.ok(Math.abs(expiresAt - Date.now() - 60_000) < 10_000);
  });

  it('signs with a private key, under the name it has in the key set', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'relay-token-'));
    t.after(() => { rmSync(folder, { recursive: true }); });
    const file = join(folder, 'key.pem');
    writeFileSync(file, ED25519.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const { out, err } = await run(['--room', 'lobby', '--jwt-private-key', file, '--kid', 'one']);
    assert.equal(err, '');
    assert.deepEqual(JSON.parse(Buffer.from(out.split('.')[0] ?? '', 'base64url').toString()), { alg: 'EdDSA', typ: 'JWT', kid: 'one' });
    assert.equal(typeof await asker({ jwt: { publicKey: pemOf(ED25519) } })({ token: out.trim() }), 'object');
  });

  it('says what is wrong, without the secret', async () => {
    const table: [string[], Record<string, string>, RegExp][] = [
      [['--room', 'lobby'], {}, /a token needs a key: JWT_SECRET/], [[], { JWT_SECRET }, /--room is missing/],
      [['--room', 'a b'], { JWT_SECRET }, /--room is nothing that a relay takes: a b/],
      [['--room', 'lobby', '--ttl', '0'], { JWT_SECRET }, /--ttl is not a whole number of seconds/],
      [['--room', 'lobby', '--jwt-private-key', '/nowhere'], {}, /--jwt-private-key names no file with a private key.*\/nowhere/],
      [['--room', 'lobby'], { JWT_SECRET: 'canary' }, /JWT_SECRET is not a text of at least 32 characters/],
    ];
    const results = await Promise.all(table.map(([args, env]) => run(args, env)));
    for (const [index, { out, err, code }] of results.entries()) {
      assert.deepEqual([out, code], ['', 1]);
      assert.match(err, table[index]?.[2] ?? /^$/);
      assert.doesNotMatch(err, new RegExp(`canary|${JWT_SECRET}`));
    }
  });
});
