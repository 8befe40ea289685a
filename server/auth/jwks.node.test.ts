import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { Log } from '../log.ts';
import { startRelay, TestClient } from '../relay.testing.ts';
import { asker, ED25519, mint, P256, RSA, type KeyPair } from './tokens.testing.ts';

const CLAIMS = { sub: 'u1', aud: 'calls' };
const jwkOf = ({ publicKey }: KeyPair, kid: string, more: object = {}) => ({ ...publicKey.export({ format: 'jwk' }), kid, ...more });
const signed = ({ privateKey }: KeyPair, alg: string, kid?: string) =>
  mint(CLAIMS, { key: privateKey, header: { alg, ...(kid !== undefined && { kid }) } });
const subOf = (answer: unknown) => typeof answer === 'string' ? answer : (answer as { sub: string }).sub;

async function serve(t: TestContext, listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json` };
}

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'relay-jwks-'));
  t.after(() => { rmSync(path, { recursive: true }); });
  return path;
}

describe('a JWKS in a file', () => {
  it('gives the key of each kid, under its own algorithm, and is read anew when it changes', async (t) => {
    const file = join(folder(t), 'jwks.json');
    const write = (keys: object[]) => {
      writeFileSync(`${file}.new`, JSON.stringify({ keys }));
      renameSync(`${file}.new`, file);
    };
    write([jwkOf(P256, 'one'), jwkOf(RSA, 'rsa', { alg: 'PS256' }), { kty: 'oct', k: Buffer.alloc(32).toString('base64url'), kid: 'oct' }]);
    const lines: string[] = [];
    const log: Log = (level, message) => { lines.push(`${level} ${message}`); };
    const ask = asker({ jwt: { jwks: file, audience: 'calls' } }, log);

    assert.equal(subOf(await ask({ token: await signed(P256, 'ES256', 'one') })), 'u1');
    assert.equal(subOf(await ask({ token: await signed(P256, 'ES256') })), 'u1', 'the only key of its type');
    assert.equal(subOf(await ask({ token: await signed(RSA, 'PS256', 'rsa') })), 'u1');
    for (const token of [
      await signed(RSA, 'RS256', 'rsa'), await signed(P256, 'ES256', 'rsa'), await signed(P256, 'ES256', 'nobody'),
      await signed(ED25519, 'EdDSA', 'one'), await signed(generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'ES256', 'one'),
      await mint(CLAIMS, { key: Buffer.alloc(32), header: { alg: 'HS256', kid: 'oct' } }),
    ]) assert.equal(await ask({ token }), 'unauthorized');

    write([jwkOf(ED25519, 'two')]);
    assert.equal(subOf(await ask({ token: await signed(ED25519, 'EdDSA', 'two') })), 'u1');
    assert.equal(await ask({ token: await signed(P256, 'ES256', 'one') }), 'unauthorized');

    assert.deepEqual(lines.filter((line) => line.startsWith('error')), []);
    writeFileSync(file, '{"keys": [');
    assert.equal(subOf(await ask({ token: await signed(ED25519, 'EdDSA', 'two') })), 'u1', 'the keys of before hold');
    rmSync(file);
    assert.equal(subOf(await ask({ token: await signed(ED25519, 'EdDSA', 'two') })), 'u1');
    assert.deepEqual(lines.filter((line) => line.startsWith('error')), Array(2).fill('error the JWKS file cannot be read; the keys of before hold'));
  });

  it('that is missing or none stops the start', async (t) => {
    const file = join(folder(t), 'jwks.json');
    await assert.rejects(startRelay(t, { jwt: { jwks: file } }), /ENOENT.*jwks\.json/);
    for (const text of ['{', '{}', '{"keys":5}', '"secret canary"']) {
      writeFileSync(file, text);
      await assert.rejects(startRelay(t, { jwt: { jwks: file } }), (error: Error) => /no JSON Web Key Set.* is in .*jwks\.json$/.test(error.message));
    }
  });
});

describe('a JWKS at a URL', () => {
  it('is fetched once, again for a new kid, and not for each garbage one', async (t) => {
    let keys = [jwkOf(P256, 'one')];
    let fetched = 0;
    const { url } = await serve(t, (_request, response) => {
      fetched++;
      response.end(JSON.stringify({ keys }));
    });
    mockClock(t);
    const ask = asker({ jwt: { jwks: url, audience: 'calls' } });
    assert.equal(subOf(await ask({ token: await signed(P256, 'ES256', 'one') })), 'u1');
    for (let i = 0; i < 5; i++) assert.equal(await ask({ token: await signed(P256, 'ES256', `no-${i}`) }), 'unauthorized');
    assert.equal(fetched, 1);

    keys = [jwkOf(ED25519, 'two')];
    t.mock.timers.tick(31_000);
    assert.equal(subOf(await ask({ token: await signed(ED25519, 'EdDSA', 'two') })), 'u1');
    assert.equal(await ask({ token: await signed(P256, 'ES256', 'one') }), 'unauthorized');
    assert.equal(fetched, 2);
  });

  it('that is down, slow or wrong refuses for now, within 5 s, and heals by itself', async (t) => {
    let answer: RequestListener = (_request, response) => { response.writeHead(500).end(); };
    const { url } = await serve(t, (request, response) => { answer(request, response); });
    const relay = await startRelay(t, { jwt: { jwks: url, audience: 'calls' } });
    const token = await signed(P256, 'ES256', 'one');
    const codeOf = async () => {
      const client = new TestClient(t, relay, { auth: { token } });
      return (await client.next('connect_error') as { data?: { code: string } }).data?.code;
    };
    const faults: RequestListener[] = [
      answer,
      (request) => { request.socket.destroy(); },
      (_request, response) => { response.end('<html>'); },
      (_request, response) => { response.end('{"keys":5}'); },
      (_request, response) => { response.writeHead(302, { location: url }).end(); },
    ];
    for (const fault of faults) {
      answer = fault;
      assert.equal(await codeOf(), 'relay-unavailable', fault.toString());
    }
    answer = (_request, response) => { response.writeHead(200).flushHeaders(); };
    const startedMs = performance.now();
    assert.equal(await codeOf(), 'relay-unavailable');
    assert.ok(performance.now() - startedMs < 5_000);
    answer = (_request, response) => { response.end(JSON.stringify({ keys: [jwkOf(P256, 'one')] })); };
    await new TestClient(t, relay, { auth: { token } }).join('lobby');
  });
});

/** Only the clock: what waits for the network goes on. */
function mockClock(t: TestContext): void {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
}
