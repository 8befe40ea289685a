import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { before, describe, it, type TestContext } from 'node:test';
import { TestIssuer } from '../../test/support/issuer.ts';
import { VouchKeys } from './vouch-keys.ts';

const SAID = { room: 'lobby', pid: 'p1', fp: 'A'.repeat(43), sub: 'u-1' };

/** A page's own server with a key set that changes. */
async function serve(t: TestContext, answer: () => { status?: number; body: string; location?: string }) {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked++;
    const { status = 200, body, location } = answer();
    response.writeHead(status, { 'content-type': 'application/json', ...(location && { location }) }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => { server.closeAllConnections(); server.close(); });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/keys.json`, get asked() { return asked; } };
}

const codeOf = (keys: VouchKeys, vouch: string) => keys.verify(vouch).then(() => 'ok', (error: unknown) => (error as { code?: string }).code);

describe('VouchKeys', () => {
  let [one, two]: TestIssuer[] = [];
  before(async () => {
    Object.assign(globalThis, { document: { baseURI: 'http://page.example/' } });
    [one, two] = await Promise.all([TestIssuer.make(), TestIssuer.make()]);
  });

  it('asks the page\'s URL once, however many there are to verify', async (t) => {
    const server = await serve(t, () => ({ body: JSON.stringify(one?.keys) }));
    const keys = new VouchKeys(server.url);
    const vouches = await Promise.all([1, 2, 3].map(async () => await one?.sign(SAID) ?? ''));
    assert.deepEqual(await Promise.all(vouches.map((vouch) => codeOf(keys, vouch))), ['ok', 'ok', 'ok']);
    assert.equal(server.asked, 1);
  });

  it('takes two live keys', async () => {
    const both = new VouchKeys({ keys: [one, two].flatMap((issuer) => issuer?.keys.keys ?? []) });
    for (const issuer of [one, two]) assert.equal(await codeOf(both, await issuer?.sign(SAID) ?? ''), 'ok');
  });

  it('asks anew for a key it does not know, seldom, and keeps what it has where there is no answer', async (t) => {
    let now = performance.now();
    t.mock.method(performance, 'now', () => now);
    let answer = { status: 200, body: JSON.stringify(one?.keys) };
    const server = await serve(t, () => answer);
    const keys = new VouchKeys(server.url);
    const [old, fresh] = [await one?.sign(SAID) ?? '', await two?.sign(SAID) ?? ''];
    assert.equal(await codeOf(keys, old), 'ok');
    for (let i = 0; i < 5; i++) assert.equal(await codeOf(keys, fresh), 'vouch-key-unknown');
    assert.equal(server.asked, 1, 'who invents names makes nobody ask');
    now += 30_000;
    answer = { status: 200, body: JSON.stringify({ keys: [...one?.keys.keys ?? [], ...two?.keys.keys ?? []] }) };
    assert.deepEqual(await Promise.all([codeOf(keys, fresh), codeOf(keys, fresh), codeOf(keys, old)]), ['ok', 'ok', 'ok']);
    assert.equal(server.asked, 2);
    now += 30_000;
    answer = { status: 500, body: '' };
    assert.equal(await codeOf(keys, await one?.sign(SAID, { kid: 'unknown' }) ?? ''), 'vouch-key-unknown');
    assert.deepEqual([await codeOf(keys, old), await codeOf(keys, fresh)], ['ok', 'ok']);
  });

  it('asks anew, as seldom, where nothing could be had at first', async (t) => {
    let now = performance.now();
    t.mock.method(performance, 'now', () => now);
    let answer = { status: 503, body: '' };
    const server = await serve(t, () => answer);
    const keys = new VouchKeys(server.url);
    const vouch = await one?.sign(SAID) ?? '';
    assert.equal(await codeOf(keys, vouch), 'vouch-keys-unavailable');
    answer = { status: 200, body: JSON.stringify(one?.keys) };
    assert.equal(await codeOf(keys, vouch), 'vouch-keys-unavailable');
    now += 30_000;
    assert.deepEqual(await Promise.all([codeOf(keys, vouch), codeOf(keys, vouch)]), ['ok', 'ok']);
    assert.equal(server.asked, 4, 'three attempts, then one');
  });

  it('follows no redirect, and believes no answer that is no set', async (t) => {
    const elsewhere = await serve(t, () => ({ body: JSON.stringify(one?.keys) }));
    const vouch = await one?.sign(SAID) ?? '';
    const answers = [{ status: 302, body: '', location: elsewhere.url }, { body: 'nothing' }, { body: '{"keys":7}' }, { status: 404, body: '{"keys":[]}' }];
    const codes = await Promise.all(answers.map(async (answer) => codeOf(new VouchKeys((await serve(t, () => answer)).url), vouch)));
    assert.deepEqual(codes, answers.map(() => 'vouch-keys-unavailable'));
    assert.equal(elsewhere.asked, 0);
  });

  it('refuses what is neither a set nor a URL at once', () => {
    for (const wrong of ['http://', { keys: 7 }, {}]) {
      assert.throws(() => new VouchKeys(wrong as string), { code: 'vouch-keys-unavailable' });
    }
  });

  it('takes no key that can do something else', async () => {
    const [jwk] = one?.keys.keys ?? [];
    for (const change of [{ alg: 'ES384' }, { use: 'enc' }, { kty: 'oct', k: 'AAAA' }, { key_ops: ['sign'] }]) {
      assert.equal(await codeOf(new VouchKeys({ keys: [{ ...jwk, ...change }] }), await one?.sign(SAID) ?? ''), 'vouch-key-unknown');
    }
  });
});
