import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { Announcement } from '../../src/protocol/wire.ts';
import { createRelay, generateVouchKey } from '../index.ts';
import { GUEST, HOST, person, startTrusting } from '../people.testing.ts';
import { FP, startRelay, TestClient, type TestRelay } from '../relay.testing.ts';
import { VOUCH_KEYS_PATH } from './relay-issuer.ts';

const ISSUER = 'https://relay.example';
const vouch = { issuer: ISSUER, key: generateVouchKey() };

async function keysOf({ port }: TestRelay) {
  const response = await fetch(`http://127.0.0.1:${port}${VOUCH_KEYS_PATH}`);
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  return createLocalJWKSet(await response.json() as Parameters<typeof createLocalJWKSet>[0]);
}

/** What the relay has said of them, if it is true. */
async function claimsOf(relay: TestRelay, compact: string | undefined) {
  const { payload } = await jwtVerify(compact ?? '', await keysOf(relay), { algorithms: ['ES256'], typ: 'rtc-vouch+jwt' });
  return payload;
}

/** All that a client was told of somebody, once it is so much. */
async function announcementsOf(client: TestClient, id: string, count: number): Promise<Announcement[]> {
  const found = () => client.heard.filter(({ event, body }) => event === 'user-connected' && (body as Announcement).id === id);
  while (found().length < count) await new Promise((resolve) => { client.socket.onAny(resolve); });
  return found().map(({ body }) => body as Announcement);
}

describe('a relay that is no issuer', () => {
  it('carries a vouch unread, and signs none', async (t) => {
    const relay = await startRelay(t);
    const [ann, bo] = [new TestClient(t, relay), new TestClient(t, relay)];
    await ann.join('lobby', { fp: FP, vouch: 'anything at all' });
    const joined = await bo.join('lobby', { fp: FP, vouch: '' });
    assert.equal(joined.participants[0]?.vouch, 'anything at all');
    assert.equal(joined.vouch, undefined);
    const [announced] = await announcementsOf(ann, bo.id, 1);
    assert.equal(announced && 'vouch' in announced, false);
    assert.deepEqual(await bo.ask('#rtcio:vouch', {}).then((ack) => !ack.ok && ack.error.code), 'vouch-unavailable');
    const response = await fetch(`http://127.0.0.1:${relay.port}${VOUCH_KEYS_PATH}`);
    assert.equal(response.status, 404);
  });

  it('hands a renewal to the engines in the room and to whoever comes later, and to nobody else', async (t) => {
    const relay = await startRelay(t);
    const make = () => new TestClient(t, relay);
    const [ann, bo, old, late, other] = [make(), make(), make(), make(), make()];
    await ann.join('lobby', { fp: FP, vouch: 'first' });
    await bo.join('lobby');
    old.socket.emit('join-room', { roomId: 'lobby', name: 'rtc.io' });
    await other.join('elsewhere');
    await announcementsOf(bo, old.id, 1);
    assert.deepEqual(await ann.ask('#rtcio:vouch', { vouch: 'second' }), { ok: true });
    const said = await announcementsOf(bo, ann.id, 2);
    assert.deepEqual(said.map(({ vouch: text, resumed }) => [text, resumed]), [['first', undefined], ['second', undefined]]);
    const { participants } = await late.join('lobby');
    assert.equal(participants.find(({ id }) => id === ann.id)?.vouch, 'second');
    assert.equal((await announcementsOf(old, ann.id, 1)).length, 1);
    assert.deepEqual(other.heard.filter(({ event }) => event === 'user-connected'), []);
  });

  it('refuses a renewal that is none, of who is in no room, and too many of them', async (t) => {
    const relay = await startRelay(t);
    const ann = new TestClient(t, relay);
    const codeOf = async (body: unknown) => {
      const ack = await ann.ask('#rtcio:vouch', body);
      return ack.ok ? 'ok' : ack.error.code;
    };
    assert.equal(await codeOf({ vouch: 'early' }), 'not-joined');
    await ann.join('lobby', { fp: FP });
    for (const body of [null, 'text', { vouch: '' }, { vouch: 7 }, { vouch: 'x'.repeat(2773) }]) {
      assert.match(await codeOf(body), /^(?:invalid-message|rate-limited)$/);
    }
    const codes = [];
    for (let i = 0; i < 15; i++) codes.push(await codeOf({ vouch: `v${i}` }));
    assert.equal(codes.at(-1), 'rate-limited');
  });
});

describe('a relay that is an issuer', () => {
  it('signs within the join what its authentication says, for the key that was told', async (t) => {
    const relay = await startTrusting(t, { vouch });
    const [host, guest] = [person(t, relay, HOST), person(t, relay, GUEST)];
    const joined = await host.join('lobby', { fp: FP, vouch: '', name: 'Mallory', roles: ['queen'] });
    const { iat = 0, exp, sub, name, roles, room, pid, cnf } = await claimsOf(relay, joined.vouch);
    assert.deepEqual({ sub, name, roles, room, pid, cnf, life: (exp ?? 0) - iat }, {
      sub: 'hanna', name: 'Hanna', roles: ['host'], room: 'lobby', pid: host.id, cnf: { 'x5t#S256': FP }, life: 600,
    });
    const { participants } = await guest.join('lobby', { fp: FP });
    assert.equal(participants[0]?.vouch, joined.vouch);
    const [announced] = await announcementsOf(host, guest.id, 1);
    assert.equal(announced && 'vouch' in announced, false, 'who did not ask is not vouched for');
  });

  it('takes no message more for it', async (t) => {
    const counted = async (options: object, more: object) => {
      const relay = await startTrusting(t, options);
      const client = person(t, relay, GUEST);
      await client.join('lobby', more);
      return client.heard.map(({ event }) => event);
    };
    assert.deepEqual(await counted({ vouch }, { fp: FP, vouch: '' }), await counted({}, { fp: FP }));
  });

  it('signs anew when asked, and the room hears of it', async (t) => {
    const relay = await startTrusting(t, { vouch });
    const [host, guest] = [person(t, relay, HOST), person(t, relay, GUEST)];
    await host.join('lobby', { fp: FP, vouch: '' });
    await guest.join('lobby', { fp: FP, vouch: '' });
    const ack = await guest.ask<{ value?: string }>('#rtcio:vouch', {});
    const renewed = ack.ok ? ack.value : '';
    assert.equal((await claimsOf(relay, renewed)).sub, 'gus');
    const said = await announcementsOf(host, guest.id, 2);
    assert.equal(said.at(-1)?.vouch, renewed);
  });

  it('signs for the same participant when they come back', async (t) => {
    const relay = await startTrusting(t, { vouch });
    const first = person(t, relay, GUEST);
    const { id, resume } = await first.join('lobby', { fp: FP, vouch: '' });
    const second = person(t, relay, GUEST);
    const joined = await second.join('lobby', { fp: FP, vouch: '', resume });
    assert.equal((await claimsOf(relay, joined.vouch))['pid'], id);
  });

  it('vouches for nobody without a key, and names nobody it does not know', async (t) => {
    const relay = await startRelay(t, { vouch });
    const [ann, bo] = [new TestClient(t, relay), new TestClient(t, relay)];
    assert.equal((await ann.join('lobby', { vouch: '' })).vouch, undefined);
    const { sub, name } = await claimsOf(relay, (await bo.join('lobby', { fp: FP, vouch: '', name: 'Hanna' })).vouch);
    assert.deepEqual([sub, name], [bo.id, undefined]);
  });

  it('serves its keys to any origin and takes no other method', async (t) => {
    const relay = await startRelay(t, { vouch });
    const response = await fetch(`http://127.0.0.1:${relay.port}${VOUCH_KEYS_PATH}`, { method: 'POST' });
    assert.equal(response.status, 405);
    await keysOf(relay);
  });

  it('starts only with options that can be right, and warns of a key that ends with it', async (t) => {
    for (const [options, said] of [
      [{ issuer: '' }, /^vouch\.issuer/], [{ issuer: ISSUER, key: 'canary' }, /^vouch\.key/],
      [{ issuer: ISSUER, previousKey: 'canary' }, /^vouch\.previousKey/],
    ] as const) {
      assert.throws(() => createRelay({ port: 0, vouch: options }), (error: Error) => said.test(error.message) && !error.message.includes('canary'));
    }
    const lines: string[] = [];
    const relay = await startRelay(t, { vouch: { issuer: ISSUER }, log: (level, message, data) => { lines.push(`${level} ${message} ${data?.keys ?? ''}`); } });
    const warned = lines.find((line) => line.startsWith('warn made a key for vouches')) ?? '';
    assert.match(warned, /"kty":"EC"/);
    assert.doesNotMatch(warned, /"d":|PRIVATE/);
    assert.ok(lines.some((line) => line.startsWith('warn vouches name nobody')));
    await keysOf(relay);
  });
});
