import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { handshake, ORIGIN, rawSocket, startRelay, TestClient, type TestRelay } from './relay.testing.ts';

const APP = 'https://app.example';

/** What pages and programs could send where only https://app.example is listed. */
const STRANGERS: (string | undefined)[] = [
  undefined, '', 'null', 'http://app.example', 'https://app.example:8443', 'https://app.example:443', 'https://app.example:80',
  'https://app.example.evil.example', 'https://evil-app.example', 'https://evil.example/app.example', 'https://app.example@evil.example',
  'https://user@app.example', 'https://APP.example', 'HTTPS://app.example', 'https://app.example.', 'https://app.example/',
  'https://app.example, https://evil.example', 'https://evil.example, https://app.example', ' https://app.example;', 'https://app',
  'https://sub.app.example', 'http://localhost', 'http://127.0.0.1', 'https://xn--app-example', 'file://', 'https://',
];

interface Answer { status: number; headers: NodeJS.Dict<string | string[]>; body: string }

/** HTTP as no page could write it: any `Host`, any `Origin`, or none. */
function ask(
  { port }: TestRelay, query: string, headers: Record<string, string | undefined>, method = 'GET', body = '',
): Promise<Answer> {
  const given = Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path: `/socket.io/?EIO=4&${query}`, method, headers: given }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => { text += chunk.toString(); });
      response.on('end', () => { resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }); });
    });
    asked.on('error', reject).end(body);
  });
}

/** The same origin at every door: what each answered. */
async function knock(t: TestContext, relay: TestRelay, origin: string | undefined, host?: string) {
  const headers = { ...(origin !== undefined && { origin }), ...(host !== undefined && { host }) };
  const polling = await ask(relay, 'transport=polling', headers);
  return {
    websocket: await handshake(rawSocket(t, relay, '', headers)),
    polling: polling.status,
    readable: polling.headers['access-control-allow-origin'] !== undefined,
  };
}

const REFUSED = { websocket: 400, polling: 403, readable: false };

describe('Origin, in the handshake of WebSocket and polling', () => {
  it('has to be on the list, letter by letter', async (t) => {
    const relay = await startRelay(t, { origins: [APP], polling: true });
    assert.deepEqual(await knock(t, relay, APP), { websocket: 'open', polling: 200, readable: true });
    for (const origin of STRANGERS) assert.deepEqual(await knock(t, relay, origin), REFUSED, String(origin));
  });

  it('without a list is loopback or the address asked, whatever NODE_ENV says', async (t) => {
    const before = process.env['NODE_ENV'];
    t.after(() => {
      if (before === undefined) delete process.env['NODE_ENV'];
      else process.env['NODE_ENV'] = before;
    });
    for (const mode of ['development', 'production', 'test', '']) {
      process.env['NODE_ENV'] = mode;
      const relay = await startRelay(t, { polling: true });
      const open = { websocket: 'open', polling: 200, readable: true };
      assert.deepEqual(await knock(t, relay, ORIGIN, 'relay.example'), open);
      assert.deepEqual(await knock(t, relay, 'http://10.0.0.7:3000', '10.0.0.7:3000'), open);
      for (const [origin, host] of [
        ['http://relay.example', 'relay.example'], ['https://relay.example', 'relay.example'], ['http://10.0.0.7:3000', '10.0.0.7:3001'],
        ['http://10.0.0.7', 'relay.example'], ['null', 'localhost'], [undefined, 'localhost'], ['http://localhost.', 'localhost'],
        ['http://localhost@evil.example', 'localhost'], ['http://evil.example', 'localhost'], ['http://0x7f.1', '0x7f.1'],
      ] as const) assert.deepEqual(await knock(t, relay, origin, host), REFUSED, `${origin ?? 'none'} at ${host}`);
    }
  });

  it('is not taken from a proxy: the public origin has to be listed', async (t) => {
    const relay = await startRelay(t, { polling: true, trustedHops: 1 });
    const forwarded = { origin: APP, host: '127.0.0.1', 'x-forwarded-host': 'app.example', 'x-forwarded-for': '127.0.0.1' };
    assert.equal((await ask(relay, 'transport=polling', forwarded)).status, 403);
    assert.equal(await handshake(rawSocket(t, relay, '', forwarded)), 400);
  });

  it('of any page is let in by the word * only, which the log warns of', async (t) => {
    const lines: string[] = [];
    const relay = await startRelay(t, { origins: '*', polling: true, log: (level, message) => { lines.push(`${level} ${message}`); } });
    assert.deepEqual(await knock(t, relay, 'https://any.example'), { websocket: 'open', polling: 200, readable: true });
    assert.deepEqual(await knock(t, relay, undefined), REFUSED);
    assert.ok(lines.some((line) => line.startsWith('warn every origin may connect')), lines.join('\n'));
  });

  it('that is absent passes with allowNoOrigin, and with it nothing else does', async (t) => {
    const relay = await startRelay(t, { origins: [APP], allowNoOrigin: true, polling: true });
    assert.deepEqual(await knock(t, relay, undefined), { websocket: 'open', polling: 200, readable: false });
    assert.deepEqual(await knock(t, relay, 'null'), REFUSED);
  });

  it('that may not connect may not preflight either', async (t) => {
    const relay = await startRelay(t, { origins: [APP], polling: true });
    const preflight = (origin: string) => ask(relay, 'transport=polling', {
      origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type',
    }, 'OPTIONS');
    const allowed = await preflight(APP);
    assert.deepEqual([allowed.status, allowed.headers['access-control-allow-origin']], [204, APP]);
    assert.match(String(allowed.headers['vary']), /Origin/);
    for (const origin of ['https://evil.example', 'null', `${APP}.evil.example`]) {
      const refused = await preflight(origin);
      assert.ok(refused.status >= 400, `${origin}: ${refused.status}`);
      assert.deepEqual(Object.keys(refused.headers).filter((name) => name.startsWith('access-control')), [], origin);
    }
  });

  it('goes with a session: over polling nobody else reads, writes or upgrades it', async (t) => {
    const relay = await startRelay(t, { origins: [APP, 'https://other.example'], polling: true });
    const victim = new TestClient(t, relay, { origin: APP, transports: ['polling'] });
    await victim.join('lobby');
    const sid = victim.socket.io.engine.id;
    for (const origin of ['https://other.example', 'https://evil.example', 'null', undefined]) {
      const query = `transport=polling&sid=${sid}`;
      const [read, written] = [await ask(relay, query, { origin }), await ask(relay, query, { origin }, 'POST', '42["leave-room",{"roomId":"lobby"}]')];
      assert.deepEqual([read.status >= 400, written.status >= 400], [true, true], String(origin));
      assert.equal(await handshake(rawSocket(t, relay, `&sid=${sid}`, origin === undefined ? {} : { origin })), 400, String(origin));
    }
    assert.equal(await victim.codeOf('join-room', { roomId: 'lobby' }), 'already-joined');
  });
});
