import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { Page } from 'puppeteer-core';
import { SignJWT } from 'jose';
import { root } from '../../scripts/lib/root.mjs';
import { openEngine, until } from '../support/browser.ts';
import { useStage } from '../support/stage.ts';
import type { Vouched } from '../../src/index.ts';
import type { Stage } from '../support/stage.ts';

declare global {
  var ask: (body: string) => Promise<string>;
}

const JWT_SECRET = 'a secret of the tests, of 32 characters';
const RELAY_NAME = 'https://relay.example';

const tokenFor = ({ room }: Stage, name: string) => new SignJWT({ sub: name.toLowerCase(), name, rooms: [room] })
  .setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(Buffer.from(JWT_SECRET));

/** The backend of docs/identity.md, word for word but for its port. @returns its URL */
async function startExample(t: TestContext, sessions: object): Promise<string> {
  const [, example = ''] = /### Your backend vouches\n+```js\n(.*?)```/s.exec(readFileSync(`${root}/docs/identity.md`, 'utf8')) ?? [];
  const code = example.replace('.listen(8080)', ".listen(0, '127.0.0.1', function () { console.log(this.address().port); })");
  assert.notEqual(code, example);
  const backend = spawn(process.execPath, [
    '--input-type=module', '--eval', `const sessions = new Map(${JSON.stringify(sessions)});\n${code}`,
  ], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => backend.kill());
  const [port] = await once(backend.stdout, 'data') as [Buffer];
  return `http://127.0.0.1:${port.toString().trim()}`;
}

/** A page with the engine alone, in the room. @param ask its backend for a vouch */
async function enter(stage: Stage, options: object, ask?: (body: string) => Promise<string>): Promise<Page> {
  const page = stage.own(await openEngine(stage.browser, stage.relay.origin));
  if (ask) await page.exposeFunction('ask', ask);
  await page.evaluate(async (name, given, asks) => {
    globalThis.room = rtc.createRoom({
      server: location.origin, name, requireVouch: true, ...given,
      ...(asks && { getVouch: ({ signal: _, ...asked }) => globalThis.ask(JSON.stringify(asked)) }),
    });
    await room.join();
  }, stage.room, options, ask !== undefined);
  return page;
}

const viewOf = (page: Page) => page.evaluate(() =>
  room.snapshot.participants.map(({ name, identity, state, vouched }) => ({ name, identity, state, vouched })));

describe('vouched participants over a real relay', () => {
  before(() => {
    process.env['JWT_SECRET'] = JWT_SECRET;
    process.env['VOUCH_KEY'] = execFileSync(process.execPath, ['dist/lib/server/main.js', 'vouch-key'], { cwd: root, encoding: 'utf8' });
  });
  const stage = useStage(['--vouch-issuer', RELAY_NAME]);
  after(() => {
    delete process.env['JWT_SECRET'];
    delete process.env['VOUCH_KEY'];
  });

  it('are vouched for by the relay, and shown as that', async () => {
    const vouchKeys = `${stage.relay.origin}/.well-known/rtc-vouch-jwks.json`;
    const pages = await Promise.all(['Ann', 'Bo'].map(async (name) =>
      enter(stage, { token: await tokenFor(stage, name), vouchKeys, displayName: 'Mallory' })));
    for (const page of pages) await until(page, () => room.snapshot.participants.some(({ identity }) => identity === 'vouched'));
    assert.deepEqual(await Promise.all(pages.map(viewOf)), [['Bo', 'bo'], ['Ann', 'ann']].map(([name, sub]) =>
      [{ name, identity: 'vouched', state: 'connected', vouched: { issuer: RELAY_NAME, byRelay: true, sub, name } }]));
  });

  it('are vouched for by the app\'s own backend, the example of the documentation', async (t) => {
    const sessions = await Promise.all(['Cleo', 'Dan'].map(async (name) =>
      [await tokenFor(stage, name), { id: `u-${name}`, name: `${name} of the app` }] as const));
    const url = await startExample(t, sessions);
    const [token] = sessions[0] ?? [];
    for (const body of ['{', '{"token":1}', JSON.stringify({ token, room: '<', participant: 'p', fp: '' })]) {
      assert.ok((await fetch(`${url}/vouch`, { method: 'POST', body })).status >= 400, 'what is no request ends nothing');
    }
    // The example stands on the page's own origin; here the page asks it by way of this process.
    const ask = async (body: string) => (await fetch(`${url}/vouch`, { method: 'POST', body })).text();
    const vouchKeys: unknown = await (await fetch(`${url}/keys.json`)).json();
    const pages = await Promise.all(sessions.map(([mine]) =>
      enter(stage, { token: mine, vouchKeys, vouchIssuer: 'https://app.example.com' }, ask)));
    for (const page of pages) await until(page, () => room.snapshot.participants.some(({ identity }) => identity === 'vouched'));
    const expected: Vouched = { issuer: 'https://app.example.com', byRelay: false, sub: 'u-Dan', name: 'Dan of the app' };
    const [seen] = await viewOf(pages[0] as Page);
    assert.deepEqual([seen?.name, seen?.vouched], ['Dan of the app', expected]);
  });
});
