import assert from 'node:assert/strict';
import { describe, it, mock, type TestContext } from 'node:test';
import type { RelayOptions } from '../options.ts';
import { startRelay, TestClient } from '../relay.testing.ts';
import type { RefusalCode } from '../types.ts';
import { Pass } from './pass.ts';
import { endOf, JWT_SECRET, mint } from './tokens.testing.ts';

const jwt = { secret: JWT_SECRET, clockToleranceS: 0 };

async function joined(t: TestContext, claims: object, ttlS: number, options: RelayOptions = {}) {
  const relay = await startRelay(t, { jwt, ...options });
  const client = new TestClient(t, relay, { auth: { token: await mint({ sub: 'u1', ...claims }, { ttlS }) } });
  return { relay, client, seat: await client.join('lobby') };
}

describe('#rtcio:renew', () => {
  it('lets a socket outlive its token', async (t) => {
    const { client, seat } = await joined(t, { room: 'lobby' }, 2);
    const token = await mint({ sub: 'u1', rooms: ['lobby', 'other'] }, { ttlS: 60 });
    assert.deepEqual(await client.ask('#rtcio:renew', { token }), { ok: true, tokenExpiresAt: endOf(token) });
    await new Promise((resolve) => { setTimeout(resolve, (seat.tokenExpiresAt ?? 0) - Date.now() + 50); });
    assert.equal(await client.codeOf('#rtcio:ice-servers'), 'ok');
  });

  it('is refused to a token that is wrong, of somebody else or not for the room; the old one holds until its end', async (t) => {
    const { client, seat } = await joined(t, {}, 2);
    const table: [unknown, string][] = [
      [{ token: 'x' }, 'unauthorized'], [{ token: await mint({ sub: 'u1' }, { ttlS: -5 }) }, 'token-expired'],
      [{ token: await mint({ sub: 'u2' }) }, 'unauthorized'], [{ token: await mint({}) }, 'unauthorized'],
      [{ token: await mint({ sub: 'u1', room: 'other' }) }, 'forbidden'], [{ token: await mint({ sub: 'u1', rooms: 'lobby' }) }, 'unauthorized'],
      [{}, 'invalid-message'], [{ token: '' }, 'invalid-message'], [{ token: 'x'.repeat(4097) }, 'invalid-message'], [5, 'invalid-message'],
      [undefined, 'invalid-message'], [null, 'invalid-message'], [{ token: { toString: 'x' } }, 'invalid-message'],
    ];
    for (const [body, code] of table) assert.equal(await client.codeOf('#rtcio:renew', body), code, JSON.stringify(body));
    assert.deepEqual(await client.next('#rtcio:closed'), { code: 'token-expired', message: 'The token has expired.' });
    assert.ok(Date.now() >= (seat.tokenExpiresAt ?? Infinity));
    await client.next('disconnect');
  });

  it('takes what the new token says of powers', async (t) => {
    const { client } = await joined(t, { role: 'host' }, 60);
    assert.equal(await client.codeOf('#rtcio:host', { action: 'lock' }), 'ok');
    assert.equal(await client.codeOf('#rtcio:renew', { token: await mint({ sub: 'u1' }) }), 'ok');
    assert.equal(await client.codeOf('#rtcio:host', { action: 'unlock' }), 'forbidden');
  });

  it('asks the hook as the handshake did, one at a time', async (t) => {
    const tokens: (string | undefined)[] = [];
    const answers: (() => void)[] = [];
    const { client } = await joined(t, {}, 60, {
      jwt: undefined as never,
      authenticate: ({ token, auth, origin }) => {
        assert.deepEqual([auth['token'], typeof origin], [token, 'string']);
        if (tokens.push(token) === 1) return { sub: 'u1' };
        return new Promise((resolve) => { answers.push(() => { resolve({ sub: 'u1' }); }); });
      },
    });
    const first = client.ask('#rtcio:renew', { token: 'first' });
    assert.equal(await client.codeOf('#rtcio:renew', { token: 'second' }), 'rate-limited');
    answers[0]?.();
    assert.deepEqual(await first, { ok: true });
    assert.deepEqual(tokens.slice(1), ['first']);
  });

  it('is not for a room that the socket enters meanwhile, either', async (t) => {
    const answers: (() => void)[] = [];
    const relay = await startRelay(t, {
      authenticate: ({ token = '' }) => token === 'old' ? { sub: 'u1', rooms: ['lobby'] } : new Promise((resolve) => {
        answers.push(() => { resolve({ sub: 'u1', rooms: ['other'] }); });
      }),
    });
    const client = new TestClient(t, relay, { auth: { token: 'old' } });
    const renewed = client.codeOf('#rtcio:renew', { token: 'new' });
    await client.join('lobby');
    answers[0]?.();
    assert.equal(await renewed, 'forbidden');
  });

  it('is nothing in an open relay that could fail', async (t) => {
    const client = new TestClient(t, await startRelay(t));
    assert.equal(await client.codeOf('#rtcio:renew', { token: 'x' }), 'ok');
  });
});

describe('Pass', () => {
  it('waits for an end further away than a timer reaches, and for none at all', (t) => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
    t.after(() => { mock.timers.reset(); });
    const days = 24 * 3_600_000;
    const closes: RefusalCode[] = [];
    const gate = { toleranceMs: 1_000, admit: () => Promise.reject(new Error('not asked')) };
    const link = { close: (code: RefusalCode) => { closes.push(code); } };
    const asker = { auth: {}, headers: {}, address: '127.0.0.1' };
    const passOf = (expiresAt?: number) => new Pass(expiresAt === undefined ? {} : { expiresAt }, asker, gate, link);
    passOf();
    passOf(60 * days);
    const ended = passOf(2 * days);
    ended.end();
    for (let day = 0; day < 60; day++) mock.timers.tick(days);
    assert.deepEqual(closes, []);
    mock.timers.tick(1_000);
    assert.deepEqual(closes, ['token-expired']);
  });
});
