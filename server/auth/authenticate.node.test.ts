import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, it, type TestContext } from 'node:test';
import type { LogData, LogLevel, RelayOptions } from '../index.ts';
import { answerOf, closed, handshake, ORIGIN, rawSocket, startRelay, TestClient } from '../relay.testing.ts';
import type { Authenticate, Handshake } from './authenticate.ts';
import { endOf, JWT_SECRET, mint } from './tokens.testing.ts';

const TOKEN = 'canary.of-the-token.x7Qd';
const who: Authenticate = ({ token }) => token === TOKEN ? { sub: 'u1', name: 'Ann', roles: ['host'], rooms: ['lobby'] } : undefined;

/** What the client was told. */
async function refusalOf(client: TestClient): Promise<unknown> {
  return (await client.next('connect_error') as Error & { data?: unknown }).data;
}

async function recordedRelay(t: TestContext, options: RelayOptions) {
  const lines: [LogLevel, string, LogData | undefined][] = [];
  const relay = await startRelay(t, { ...options, log: (level, message, data) => { lines.push([level, message, data]); } });
  return { relay, lines, text: () => JSON.stringify(lines) };
}

describe('authenticate', () => {
  it('decides before anything is heard: who is refused is told why, and closed', async (t) => {
    const { relay, text } = await recordedRelay(t, { authenticate: who });
    const member = new TestClient(t, relay, { auth: { token: TOKEN } });
    const joined = await member.join('lobby', { name: 'somebody else' });
    assert.deepEqual([joined.name, joined.roles, joined.tokenExpiresAt], ['Ann', ['host'], undefined]);

    for (const auth of [{}, { token: 'wrong' }, { token: '' }, { token: 5 }, { token: [TOKEN] }, { token: 'x'.repeat(4097) }, { user: TOKEN }]) {
      const stranger = new TestClient(t, relay, { auth });
      stranger.socket.emit('join-room', { roomId: 'lobby', name: 'x', engine: { v: 1 } });
      const newcomer = new TestClient(t, relay, { auth: { token: TOKEN } });
      await newcomer.join('lobby');
      const { code, message } = await refusalOf(stranger) as { code: string; message: string };
      assert.deepEqual([code, typeof message], ['unauthorized', 'string'], JSON.stringify(auth));
      assert.deepEqual(stranger.heard.map(({ event }) => event), ['connect_error']);
      newcomer.socket.disconnect();
    }
    assert.doesNotMatch(text(), /canary|of-the-token|Ann/);
    await member.settled();
    const announced = member.heard.filter(({ event }) => event === 'user-connected').map(({ body }) => (body as { name: string }).name);
    assert.deepEqual(announced, Array(7).fill('Ann'), 'nobody but the newcomers');
  });

  it('closes the transport of who is refused, whatever the client does', async (t) => {
    const relay = await startRelay(t, { authenticate: who });
    const stranger = rawSocket(t, relay, '', { origin: ORIGIN });
    await handshake(stranger);
    const [answer, end] = [answerOf(stranger, '4'), closed(stranger)];
    stranger.send(`40${JSON.stringify({ token: 'wrong' })}`);
    assert.equal(await answer, '44{"message":"Not allowed in.","data":{"code":"unauthorized","message":"Not allowed in."}}');
    await end;
  });

  it('holds over polling too', async (t) => {
    const relay = await startRelay(t, { authenticate: who, polling: true });
    const stranger = new TestClient(t, relay, { transports: ['polling'], auth: { token: 'wrong' } });
    assert.deepEqual(await refusalOf(stranger), { code: 'unauthorized', message: 'Not allowed in.' });
    await new TestClient(t, relay, { transports: ['polling'], auth: { token: TOKEN } }).join('lobby');
  });

  it('is asked what is known of a handshake, and nothing of its URL', async (t) => {
    const asked: Handshake[] = [];
    const relay = await startRelay(t, { trustedHops: 1, authenticate: (given) => { asked.push(given); return {}; } });
    const socket = rawSocket(t, relay, `&token=${TOKEN}`, { origin: ORIGIN, 'x-forwarded-for': '203.0.113.9', cookie: 'a=b' });
    await handshake(socket);
    socket.send('40{"other":1}');
    await answerOf(socket, '40');
    const [{ headers, signal, ...rest }] = asked as [Handshake];
    assert.deepEqual(rest, { auth: { other: 1 }, address: '203.0.113.9', origin: ORIGIN });
    assert.equal(headers.cookie, 'a=b');
    assert.doesNotMatch(JSON.stringify({ headers, rest }), /canary/);
    assert.equal(signal.aborted, true, 'nobody waits for it any more');
  });

  it('passes on the refusals that there are, and takes all else for one', async (t) => {
    let answer: () => unknown = () => undefined;
    const { relay, lines } = await recordedRelay(t, { authenticate: () => answer() as never });
    const table: [() => unknown, string][] = [
      [() => ({ code: 'token-expired', message: 'Sign in again.' }), 'token-expired'],
      [() => Promise.resolve({ code: 'banned', message: 'No.' }), 'banned'],
      [() => ({ code: 'forbidden' }), 'forbidden'], [() => ({ code: 'my-own', message: {} }), 'unauthorized'],
      [() => undefined, 'unauthorized'], [() => null, 'unauthorized'], [() => true, 'unauthorized'], [() => 'ann', 'unauthorized'], [() => [], 'unauthorized'],
      [() => ({ rooms: 'lobby' }), 'unauthorized'], [() => ({ roles: 'host' }), 'unauthorized'], [() => ({ expiresAt: 1 }), 'token-expired'],
      [() => ({ expiresAt: NaN }), 'unauthorized'], [() => Promise.reject(new Error(TOKEN)), 'unauthorized'],
      [() => { throw new TypeError(`bad token ${TOKEN}`); }, 'unauthorized'],
      [() => { throw Object.assign(new Error(TOKEN), { code: 'ECONNREFUSED' }); }, 'unauthorized'],
    ];
    for (const [given, code] of table) {
      answer = given;
      assert.equal((await refusalOf(new TestClient(t, relay, { auth: { token: TOKEN } })) as { code: string }).code, code, given.toString());
    }
    assert.ok(lines.some(([level, , data]) => level === 'error' && data?.why === 'ECONNREFUSED'));
    assert.doesNotMatch(JSON.stringify(lines), /canary/);
    answer = () => ({});
    await new TestClient(t, relay).join('lobby');
  });

  it('is waited for a bounded time, which is not taken from the time to join', async (t) => {
    const signals: AbortSignal[] = [];
    const relay = await startRelay(t, {
      limits: { authenticateMs: 600, joinMs: 300 },
      authenticate: ({ token, signal }) => {
        signals.push(signal);
        return token === 'slow' ? wait(400, {}) : new Promise(() => undefined);
      },
    });
    const slow = new TestClient(t, relay, { auth: { token: 'slow' } });
    await slow.join('lobby');
    const hanging = new TestClient(t, relay);
    assert.deepEqual(await refusalOf(hanging), { code: 'relay-unavailable', message: 'Authentication took too long.' });
    assert.deepEqual(signals.map(({ aborted }) => aborted), [true, true]);
  });

  it('is asked for so many at a time, and once a connection', async (t) => {
    const asked: (() => void)[] = [];
    let onAsked: (() => void) | undefined;
    const relay = await startRelay(t, {
      limits: { authentications: 1 },
      authenticate: () => new Promise((resolve) => {
        asked.push(() => { resolve({}); });
        onAsked?.();
      }),
    });
    const twice = rawSocket(t, relay, '', { origin: ORIGIN });
    await handshake(twice);
    const answer = answerOf(twice, '44');
    const end = closed(twice);
    twice.send('40{}');
    twice.send('40{}');
    assert.match(await answer, /"code":"already-joined"/);
    await end;
    assert.equal(asked.length, 1);
    assert.equal((await refusalOf(new TestClient(t, relay)) as { code: string }).code, 'relay-unavailable');
    asked[0]?.();
    const isAsked = new Promise<void>((resolve) => { onAsked = resolve; });
    const next = new TestClient(t, relay);
    await isAsked;
    asked[1]?.();
    await next.join('lobby');
  });

  it('ends a socket that speaks before it was let in', async (t) => {
    const relay = await startRelay(t, { authenticate: () => new Promise(() => undefined) });
    const hasty = rawSocket(t, relay, '', { origin: ORIGIN });
    await handshake(hasty);
    const end = closed(hasty);
    hasty.send('40{}');
    hasty.send('42["join-room",{"roomId":"lobby"}]');
    await end;
  });

  it('excludes jwt, and without both the log says that rooms are open', async (t) => {
    await assert.rejects(startRelay(t, { authenticate: who, jwt: { secret: JWT_SECRET } }), /authenticate and jwt exclude each other/);
    const open = await recordedRelay(t, {});
    assert.equal(open.lines.filter(([, message]) => message.includes('rooms are open to who knows their name')).length, 1);
    const shut = await recordedRelay(t, { jwt: { secret: JWT_SECRET } });
    assert.doesNotMatch(shut.text(), /rooms are open/);
  });
});

describe('authentication by JWT, over the wire', () => {
  it('lets in, names and bounds; neither token nor secret is told to anyone', async (t) => {
    const { relay, text } = await recordedRelay(t, { jwt: { secret: JWT_SECRET } });
    const token = await mint({ sub: 'u1', name: 'Canary Ann', role: 'host', room: 'lobby' });
    const client = new TestClient(t, relay, { auth: { token } });
    assert.equal(await client.codeOf('join-room', { roomId: 'other' }), 'forbidden');
    const { name, roles, tokenExpiresAt } = await client.join('lobby', { name: 'x' });
    assert.deepEqual([name, roles], ['Canary Ann', ['host']]);
    assert.equal(tokenExpiresAt, endOf(token));

    const other = new TestClient(t, relay, { auth: { token: await mint({ sub: 'u2', room: 'lobby' }) } });
    await other.join('lobby');
    const expired = await mint({ sub: 'u3' }, { ttlS: -60 });
    const refused = await refusalOf(new TestClient(t, relay, { auth: { token: expired } }));
    assert.deepEqual(refused, { code: 'token-expired', message: 'The token has expired.' });
    const told = `${text()}${JSON.stringify(other.heard)}${JSON.stringify(refused)}`;
    for (const secret of [JWT_SECRET, ...token.split('.').slice(1), ...expired.split('.').slice(1), 'u1']) assert.ok(!told.includes(secret), secret);
    assert.ok(!text().includes('Canary'));
    assert.ok(told.includes('Canary Ann'), 'the others are told the name');
  });
});
