import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { SignJWT } from 'jose';
import { createIssuer, generateVouchKey } from '../../server/index.ts';
import { root } from '../../scripts/lib/root.mjs';
import { launch, openEngine, until } from '../support/browser.ts';
import { startRelay } from '../support/relay.ts';
import type { Vouched } from '../../src/index.ts';
import type { RelayProcess } from '../support/relay.ts';

const JWT_SECRET = 'a secret of the tests, of 32 characters';
const RELAY_NAME = 'https://relay.example';

const tokenFor = (sub: string, name: string) => new SignJWT({ sub, name, rooms: ['vouched'] })
  .setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(Buffer.from(JWT_SECRET));

/** A page with the engine alone, in the room. @param backend whom it asks to vouch */
async function enter(browser: Browser, relay: RelayProcess, options: object, backend?: string): Promise<Page> {
  const page = await openEngine(browser, relay.origin);
  await page.evaluate(async (given, url) => {
    globalThis.room = rtc.createRoom({
      server: location.origin, name: 'vouched', requireVouch: true, ...given,
      ...(url !== undefined && { getVouch: async ({ signal, ...asked }) => {
        const response = await fetch(url, { method: 'POST', body: JSON.stringify(asked), signal });
        return response.text();
      } }),
    });
    await room.join();
  }, options, backend);
  return page;
}

const viewOf = (page: Page) => page.evaluate(() =>
  room.snapshot.participants.map(({ name, identity, state, vouched }) => ({ name, identity, state, vouched })));

describe('vouched participants over a real relay', () => {
  let relay: RelayProcess;
  let browser: Browser;
  before(async () => {
    process.env['JWT_SECRET'] = JWT_SECRET;
    process.env['VOUCH_KEY'] = execFileSync(process.execPath, ['dist/lib/server/main.js', 'vouch-key'], { cwd: root, encoding: 'utf8' });
    [browser, relay] = await Promise.all([launch(), startRelay('--vouch-issuer', RELAY_NAME)]);
  });
  after(async () => {
    delete process.env['JWT_SECRET'];
    delete process.env['VOUCH_KEY'];
    await browser.close();
    await relay.stop();
  });

  it('are vouched for by the relay, and shown as that', async () => {
    const vouchKeys = `${relay.origin}/.well-known/rtc-vouch-jwks.json`;
    const pages = await Promise.all(['Ann', 'Bo'].map(async (name) =>
      enter(browser, relay, { token: await tokenFor(name.toLowerCase(), name), vouchKeys, displayName: 'Mallory' })));
    for (const page of pages) await until(page, () => room.snapshot.participants.some(({ identity }) => identity === 'vouched'));
    assert.deepEqual(await Promise.all(pages.map(viewOf)), [['Bo', 'bo'], ['Ann', 'ann']].map(([name, sub]) =>
      [{ name, identity: 'vouched', state: 'connected', vouched: { issuer: RELAY_NAME, byRelay: true, sub, name } }]));
    for (const page of pages) await page.close();
  });

  it('are vouched for by the app\'s own backend, in plain node:http', async (t) => {
    // #region docs/identity.md: a backend that vouches
    const issuer = createIssuer({ issuer: 'https://app.example', key: generateVouchKey() });
    const backend = createServer((request, response) => {
      response.setHeader('access-control-allow-origin', '*');
      if (request.url === '/keys.json') { response.end(JSON.stringify(issuer.jwks())); return; }
      void (async () => {
        try {
          const { room = '', participant = '', fp = '', token = '' } = await json(request) as Record<string, string>;
          const person = sessions.get(token); // Whoever your own session says they are.
          if (!person) { response.writeHead(403).end(); return; }
          response.end(issuer.issue({ room, participant, fp, sub: person.id, name: person.name }));
        } catch {
          response.writeHead(400).end(); // No JSON, or nothing that can be vouched for.
        }
      })();
    });
    // #endregion
    const sessions = new Map(await Promise.all(['Cleo', 'Dan'].map(async (name) =>
      [await tokenFor(name.toLowerCase(), name), { id: `u-${name}`, name: `${name} of the app` }] as const)));
    backend.listen(0, '127.0.0.1');
    await once(backend, 'listening');
    t.after(() => { backend.closeAllConnections(); backend.close(); });
    const address = backend.address();
    const url = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
    for (const body of ['{', '{"token":1}', JSON.stringify({ token: [...sessions.keys()][0], room: '<', participant: 'p', fp: '' })]) {
      assert.ok((await fetch(`${url}/vouch`, { method: 'POST', body })).status >= 400, 'what is no request ends nothing');
    }
    const pages = await Promise.all([...sessions.keys()].map((token) =>
      enter(browser, relay, { token, vouchKeys: `${url}/keys.json`, vouchIssuer: 'https://app.example' }, `${url}/vouch`)));
    for (const page of pages) await until(page, () => room.snapshot.participants.some(({ identity }) => identity === 'vouched'));
    const expected: Vouched = { issuer: 'https://app.example', byRelay: false, sub: 'u-Dan', name: 'Dan of the app' };
    const [seen] = await viewOf(pages[0] as Page);
    assert.deepEqual([seen?.name, seen?.vouched], ['Dan of the app', expected]);
    for (const page of pages) await page.close();
  });
});
