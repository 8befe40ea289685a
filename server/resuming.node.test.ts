import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SECRET, four, greeted, startRelay, TestClient } from './relay.testing.ts';
import { ResumeTokens } from './resume.ts';

const SIGNAL = { mid: 'stream' };

describe('a dropped socket', () => {
  it('is hinted at once, and given up when its place has been held', async (t) => {
    const relay = await startRelay(t, { capacity: 2, limits: { holdMs: 300 } });
    const [a, b, c] = four(t, relay);
    await a.join('lobby');
    const { id } = await b.join('lobby');
    b.vanish();
    assert.deepEqual(await a.next('#rtcio:peer-left'), { id, reason: 'transport close' });
    assert.equal(await c.codeOf('join-room', { roomId: 'lobby' }), 'room-full');
    assert.equal(await a.codeOf('#rtcio:message', { target: id, data: SIGNAL }), 'unknown-target');
    assert.deepEqual(await a.next('user-disconnected'), { id });
    assert.equal(await c.codeOf('join-room', { roomId: 'lobby' }), 'ok');
  });

  it('of a client without a token is given up at once', async (t) => {
    const relay = await startRelay(t);
    const [a, b] = [new TestClient(t, relay), new TestClient(t, relay)];
    await a.join('lobby');
    await b.ask('join-room', { roomId: 'lobby', name: 'rtc.io' });
    const { id } = b;
    b.vanish();
    assert.deepEqual(await a.next('#rtcio:peer-left'), { id, reason: 'transport close' });
    assert.deepEqual(await a.next('user-disconnected'), { id });
  });

  it('that merely fell silent is told apart', async (t) => {
    const relay = await startRelay(t, { limits: { pingIntervalMs: 500, pingTimeoutMs: 500 } });
    const a = new TestClient(t, relay);
    await a.join('lobby');
    // Raw: nothing in it answers pings.
    const mute = await greeted(t, relay);
    mute.send('42["join-room",{"roomId":"lobby","engine":{"v":1}}]');
    const { id } = await a.next('user-connected') as { id: string };
    assert.deepEqual(await a.next('#rtcio:peer-left'), { id, reason: 'ping timeout' });
  });
});

describe('a resume token', () => {
  it('brings a participant back under the same id, without an offer', async (t) => {
    const relay = await startRelay(t, { capacity: 3 });
    const [a, plain, b] = four(t, relay);
    await a.join('lobby');
    await plain.ask('join-room', { roomId: 'lobby', name: 'rtc.io' });
    const { id, resume } = await b.join('lobby', { name: 'B' });
    b.vanish();
    await a.next('#rtcio:peer-left');
    const offersBefore = a.heard.filter(({ event }) => event === '#rtcio:init-offer').length;

    const back = new TestClient(t, relay);
    const ack = await back.join('lobby', { name: 'B2', resume });
    assert.equal(ack.id, id);
    assert.notEqual(back.id, id);
    assert.deepEqual(ack.participants.map((participant) => participant.id), [a.id, plain.id]);
    assert.deepEqual(await a.next('user-connected'), { id, name: 'B2', engine: { v: 1 }, resumed: true });
    await a.settled();
    assert.equal(a.heard.filter(({ event }) => event === '#rtcio:init-offer').length, offersBefore);
    assert.deepEqual(await plain.settled(), ['user-connected', 'user-connected', '#rtcio:init-offer', '#rtcio:peer-left']);

    assert.equal(await back.codeOf('#rtcio:message', { target: a.id, data: SIGNAL }), 'ok');
    assert.deepEqual(await a.next('#rtcio:message'), { source: id, target: a.id, data: SIGNAL });
    assert.equal(await a.codeOf('#rtcio:message', { target: id, data: SIGNAL }), 'ok');
    assert.deepEqual(await back.next('#rtcio:message'), { source: a.id, target: id, data: SIGNAL });
    assert.equal(await a.codeOf('#rtcio:message', { target: back.id, data: SIGNAL }), 'unknown-target');
  });

  it('replaces a socket that is still there, and tells nobody that anyone left', async (t) => {
    const relay = await startRelay(t);
    const [a, b] = [new TestClient(t, relay), new TestClient(t, relay)];
    await a.join('lobby');
    const { resume } = await b.join('lobby');
    const { id } = b;
    const back = new TestClient(t, relay);
    assert.equal((await back.join('lobby', { resume })).id, id);
    assert.equal((await b.next('#rtcio:closed') as { code: string }).code, 'replaced');
    assert.equal(await b.next('disconnect'), 'transport close');
    assert.ok(!(await a.settled()).includes('#rtcio:peer-left'));
    assert.equal(await a.codeOf('#rtcio:message', { target: id, data: SIGNAL }), 'ok');
    await back.next('#rtcio:message');
  });

  it('is accepted by a relay that started empty, which announces without an offer', async (t) => {
    const old = await startRelay(t);
    const [a, b] = [new TestClient(t, old), new TestClient(t, old)];
    const tokens = [await a.join('lobby'), await b.join('lobby')];
    await old.close();

    const relay = await startRelay(t);
    const [plain, a2, b2] = four(t, relay);
    await plain.ask('join-room', { roomId: 'lobby', name: 'rtc.io' });
    await a2.join('lobby', { resume: tokens[0]?.resume });
    const ack = await b2.join('lobby', { resume: tokens[1]?.resume });
    assert.equal(ack.id, tokens[1]?.id);
    assert.deepEqual(ack.participants.map(({ id }) => id), [plain.id, tokens[0]?.id]);
    assert.deepEqual(await a2.next('user-connected'), { id: ack.id, name: 'someone', engine: { v: 1 }, resumed: true });
    assert.deepEqual(await plain.settled(), ['user-connected', 'user-connected']);
  });

  it('is refused when it is not valid here, and the client may then join anew', async (t) => {
    const relay = await startRelay(t);
    const client = new TestClient(t, relay);
    const tokens = new ResumeTokens(SECRET, 1000);
    const token = tokens.issue('lobby', 'someone');
    const body = { roomId: 'lobby', name: 'A', engine: { v: 1 } };
    const refused = [
      'nonsense', '', `${token}x`, tokens.issue('other', 'someone'), tokens.issue('lobby', 'someone', undefined, Date.now() - 2000),
      new ResumeTokens('another secret of a relay', 1000).issue('lobby', 'someone'),
    ];
    for (const resume of refused) assert.equal(await client.codeOf('join-room', { ...body, resume }), 'resume-refused');
    assert.equal(await client.codeOf('join-room', { ...body, engine: undefined, resume: token }), 'resume-refused');
    assert.equal((await client.join('lobby')).id, client.id);
  });

  it('ends with a farewell: who left comes back as anybody else does', async (t) => {
    const relay = await startRelay(t);
    const [a, b] = [new TestClient(t, relay), new TestClient(t, relay)];
    await a.join('lobby');
    const { resume } = await b.join('lobby');
    assert.equal(await b.codeOf('leave-room', { roomId: 'lobby' }), 'ok');
    const back = new TestClient(t, relay);
    assert.equal(await back.codeOf('join-room', { roomId: 'lobby', engine: { v: 1 }, resume }), 'resume-refused');
    assert.equal((await back.join('lobby')).id, back.id);
  });

  it('keeps its place against the capacity, but has none beyond it', async (t) => {
    const relay = await startRelay(t, { capacity: 1 });
    const a = new TestClient(t, relay);
    const { id, resume } = await a.join('lobby');
    a.vanish();
    const [stranger, back] = [new TestClient(t, relay), new TestClient(t, relay)];
    assert.equal(await stranger.codeOf('join-room', { roomId: 'lobby' }), 'room-full');
    assert.equal((await back.join('lobby', { resume })).id, id);
    assert.equal(await back.codeOf('leave-room', { roomId: 'lobby' }), 'ok');
    assert.equal(await stranger.codeOf('join-room', { roomId: 'lobby' }), 'ok');
    assert.equal(await back.codeOf('join-room', { roomId: 'lobby', engine: { v: 1 } }), 'room-full');
  });
});
