import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FP, four, startRelay, TestClient } from './relay.testing.ts';

const SIGNAL = { description: { type: 'offer', sdp: 'v=0' } };

describe('join-room', () => {
  it('answers with id, token and roster, before the others are told', async (t) => {
    const relay = await startRelay(t);
    const [first, second] = [new TestClient(t, relay), new TestClient(t, relay)];
    const joined = await first.join('lobby', { name: ' A\u202E  nn ' });
    assert.deepEqual({ ...joined, resume: typeof joined.resume }, {
      ok: true, id: first.id, resume: 'string', participants: [], iceServers: [],
    });

    const presented = { engine: { v: 1 }, fp: FP, vouch: 'a.b.c', presence: 'xyz' };
    const ack = await second.join('lobby', { name: 'B', ...presented, __proto__: { x: 1 }, unknown: true });
    const announced = { id: first.id, name: 'A nn', engine: { v: 1 } };
    assert.deepEqual(ack.participants, [announced]);
    assert.deepEqual(await second.next('user-connected'), announced);
    assert.deepEqual(await first.next('user-connected'), { id: second.id, name: 'B', ...presented });
    assert.deepEqual(await first.next('#rtcio:init-offer'), { source: second.id });
    assert.deepEqual(await second.settled(), ['user-connected']);
    assert.deepEqual(await first.settled(), ['user-connected', '#rtcio:init-offer']);
  });

  it('serves a client that sends no ack and is no engine: no token', async (t) => {
    const relay = await startRelay(t);
    const [member, plain] = [new TestClient(t, relay), new TestClient(t, relay)];
    await member.join('lobby');
    plain.socket.emit('join-room', { roomId: 'lobby', name: 'rtc.io', extra: 1 });
    assert.equal((await plain.next('user-connected') as { id: string }).id, member.id);
    assert.deepEqual(await member.next('user-connected'), { id: plain.id, name: 'rtc.io' });
    plain.socket.emit('leave-room', { id: 'lobby', roomId: 'lobby' });
    assert.deepEqual(await member.next('#rtcio:peer-left'), { id: plain.id, reason: 'leave' });
    assert.deepEqual(await member.next('user-disconnected'), { id: plain.id });
    const again = await plain.ask<{ resume?: string }>('join-room', { roomId: 'lobby', name: 'rtc.io' });
    assert.ok(again.ok && !('resume' in again));
  });

  it('refuses with a stable code', async (t) => {
    const relay = await startRelay(t, { capacity: 1, limits: { joins: { burst: 12, perSecond: 0 } } });
    const client = new TestClient(t, relay);
    const bodies: [unknown, string][] = [
      [undefined, 'invalid-message'], [null, 'invalid-message'], ['lobby', 'invalid-message'], [[], 'invalid-message'],
      [{}, 'invalid-room'], [{ roomId: '' }, 'invalid-room'], [{ roomId: 'a b' }, 'invalid-room'],
      [{ roomId: 'x'.repeat(65) }, 'invalid-room'], [{ roomId: 'r', fp: 'short' }, 'invalid-message'],
      [{ roomId: 'r', vouch: 'x'.repeat(2773) }, 'invalid-message'], [{ roomId: 'r', engine: {} }, 'invalid-message'],
      [{ roomId: 'lobby', name: 'A' }, 'ok'], [{ roomId: 'lobby', name: 'A' }, 'already-joined'],
    ];
    for (const [body, code] of bodies) assert.equal(await client.codeOf('join-room', body), code, JSON.stringify(body));
    assert.equal(await client.codeOf('leave-room', { roomId: 'lobby' }), 'ok');
    assert.equal(await client.codeOf('join-room', { roomId: 'lobby' }), 'rate-limited');

    const [owner, late] = [new TestClient(t, relay), new TestClient(t, relay)];
    await owner.join('full');
    assert.equal(await late.codeOf('join-room', { roomId: 'full' }), 'room-full');
    assert.equal(await late.codeOf('join-room', { roomId: 'elsewhere' }), 'ok');
  });

  it('never lets a room id stand for a socket', async (t) => {
    const relay = await startRelay(t);
    const [victim, friend, stranger] = [new TestClient(t, relay), new TestClient(t, relay), new TestClient(t, relay)];
    await victim.join('lobby');
    await stranger.join(victim.id);
    await friend.join('lobby');
    relay.emit(victim.id, 'secret', 1);
    relay.emit({ roomId: 'lobby', id: victim.id }, 'private', 2);
    assert.deepEqual(await stranger.settled(), ['secret']);
    assert.deepEqual(await victim.settled(), ['user-connected', '#rtcio:init-offer', 'private']);
  });
});

describe('#rtcio:message', () => {
  it('goes to exactly one live member of the room, under the true source', async (t) => {
    const relay = await startRelay(t);
    const [a, b, c, outsider] = four(t, relay);
    for (const client of [a, b, c]) await client.join('lobby');
    await outsider.join('other');
    const before = [await c.settled(), await outsider.settled(), await a.settled()];
    const ack = await a.codeOf('#rtcio:message', { source: c.id, target: b.id, data: SIGNAL, more: 1 });
    assert.equal(ack, 'ok');
    assert.deepEqual(await b.next('#rtcio:message'), { source: a.id, target: b.id, data: SIGNAL });
    assert.deepEqual([await c.settled(), await outsider.settled(), await a.settled()], before);
  });

  it('is refused with a stable code, and delivered to nobody', async (t) => {
    const relay = await startRelay(t);
    const [a, b, outsider] = four(t, relay);
    assert.equal(await a.codeOf('#rtcio:message', { target: 'x', data: SIGNAL }), 'not-joined');
    await a.join('lobby');
    await b.join('lobby');
    await outsider.join('other');
    const heard = await b.settled();
    const to = (data: unknown, target: unknown = b.id) => ({ target, data });
    const refused: [unknown, string][] = [
      [to(SIGNAL, outsider.id), 'unknown-target'], [to(SIGNAL, a.id), 'unknown-target'], [to(SIGNAL, 'nobody'), 'unknown-target'],
      [to(SIGNAL, 'lobby'), 'unknown-target'], [to(SIGNAL, { id: b.id }), 'invalid-message'],
      [to(SIGNAL, [b.id]), 'invalid-message'], [to(SIGNAL, ''), 'invalid-message'],
      [to(undefined), 'invalid-message'], [to('x'), 'invalid-message'], [to({}), 'invalid-message'],
      [to({ ...SIGNAL, mid: 'm' }), 'invalid-message'], [to({ description: { type: 'rollback', sdp: '' } }), 'invalid-message'],
      [to({ candidate: { candidate: 7 } }), 'invalid-message'], [to({ sealed: '+' }), 'invalid-message'],
      [to({ events: {} }), 'invalid-message'], [null, 'invalid-message'], [[], 'invalid-message'],
      [to({ description: { type: 'offer', sdp: 'x'.repeat(65_537) } }), 'too-large'],
    ];
    for (const [body, code] of refused) {
      assert.equal(await a.codeOf('#rtcio:message', body), code, JSON.stringify(body).slice(0, 200));
    }
    assert.deepEqual(await b.settled(), heard);
    assert.deepEqual(await outsider.settled(), []);
  });

  it('carries every shape of the wire', async (t) => {
    const relay = await startRelay(t);
    const [a, b] = [new TestClient(t, relay), new TestClient(t, relay)];
    await a.join('lobby');
    await b.join('lobby');
    const shapes = [
      { description: { type: 'answer', sdp: 'x'.repeat(65_536) } },
      { candidate: { candidate: '', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u' } },
      { mid: 'stream' }, { mid: 'stream', events: { camera: ['[RTCIOStream] stream', { a: 1 }] } },
      { sealed: 'x'.repeat(96 * 1024) },
    ];
    for (const data of shapes) {
      assert.equal(await a.codeOf('#rtcio:message', { target: b.id, data }), 'ok');
      assert.deepEqual(await b.next('#rtcio:message'), { source: a.id, target: b.id, data });
    }
  });
});

describe('#rtcio:ice-servers', () => {
  it('hands out what the operator lists and the STUN port, to members only', async (t) => {
    const iceServers = [{ urls: ['turn:turn.example:3478'], username: 'u', credential: 'c' }];
    const relay = await startRelay(t, { iceServers, stunPort: 0 });
    const client = new TestClient(t, relay);
    assert.equal(await client.codeOf('#rtcio:ice-servers'), 'not-joined');
    const { stunPort } = await relay.ready;
    assert.ok(stunPort !== undefined && stunPort > 0);
    const joined = await client.join('lobby');
    assert.deepEqual([joined.iceServers, joined.stunPort], [iceServers, stunPort]);
    assert.deepEqual(await client.ask('#rtcio:ice-servers'), { ok: true, iceServers, stunPort });
    client.socket.emit('#rtcio:ice-servers');
  });
});

describe('leave-room', () => {
  it('tells the others at once, and frees the place', async (t) => {
    const relay = await startRelay(t, { capacity: 2 });
    const [a, b, c] = four(t, relay);
    await a.join('lobby');
    await b.join('lobby');
    for (const body of [undefined, {}, { roomId: 'a/b' }]) assert.equal(await b.codeOf('leave-room', body), 'invalid-room');
    assert.equal(await b.codeOf('leave-room', { roomId: 'other' }), 'not-joined');
    assert.equal(await b.codeOf('leave-room', { roomId: 'lobby', id: 'lobby' }), 'ok');
    assert.equal(await b.codeOf('leave-room', { roomId: 'lobby' }), 'not-joined');
    assert.deepEqual(await a.next('#rtcio:peer-left'), { id: b.id, reason: 'leave' });
    assert.deepEqual(await a.next('user-disconnected'), { id: b.id });
    await c.join('lobby');
    assert.equal(await b.codeOf('#rtcio:message', { target: a.id, data: SIGNAL }), 'not-joined');
  });
});
