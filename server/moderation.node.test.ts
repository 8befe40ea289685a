import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Joined } from '../src/protocol/wire.ts';
import { JWT_SECRET, mint } from './auth/tokens.testing.ts';
import { GUEST, HOST, hostAndGuest, joinPlainly, person, startTrusting } from './people.testing.ts';
import { startRelay, TestClient } from './relay.testing.ts';

const REMOVED = { code: 'removed', message: 'A host removed this participant.' };

describe('#rtcio:host', () => {
  const everything = (target: string) => [
    { action: 'remove', target }, { action: 'mute', target, source: 'camera' }, { action: 'admit', target }, { action: 'refuse', target },
    { action: 'lock' }, { action: 'unlock' }, { action: 'end' },
  ];

  it('is for hosts in the room only, and what others ask does nothing', async (t) => {
    const relay = await startTrusting(t);
    const [host, guest] = await hostAndGuest(t, relay);
    const [nobody, moderator, outside] = [person(t, relay, {}), person(t, relay, { roles: ['Host', 'moderator'] }), person(t, relay, HOST)];
    await nobody.join('lobby');
    await moderator.join('lobby', { roles: ['host'] });
    const before = [await host.settled(), await guest.settled()];
    for (const action of everything(host.id)) {
      for (const client of [nobody, guest, moderator]) assert.equal(await client.codeOf('#rtcio:host', action), 'forbidden');
      assert.equal(await outside.codeOf('#rtcio:host', action), 'not-joined');
    }
    assert.deepEqual([await host.settled(), await guest.settled()], before);
  });

  it('has no host where nobody is authenticated', async (t) => {
    const relay = await startRelay(t);
    const [a, b] = [new TestClient(t, relay, { auth: { roles: ['host'], token: 'x' } }), new TestClient(t, relay)];
    await a.join('lobby', { roles: ['host'] });
    await b.join('lobby');
    for (const action of everything(b.id)) assert.equal(await a.codeOf('#rtcio:host', action), 'forbidden');
  });

  it('reaches no other room', async (t) => {
    const relay = await startTrusting(t);
    const [, guest] = await hostAndGuest(t, relay);
    const elsewhere = person(t, relay, { ...HOST, sub: 'other' });
    await elsewhere.join('other');
    const before = await guest.settled();
    for (const action of everything(guest.id)) {
      assert.equal(await elsewhere.codeOf('#rtcio:host', { ...action, roomId: 'lobby' }), 'target' in action ? 'unknown-target' : 'ok');
    }
    assert.deepEqual(await guest.settled(), before);
    assert.equal(await person(t, relay, {}).codeOf('join-room', { roomId: 'lobby' }), 'ok');
  });

  it('refuses what it does not know', async (t) => {
    const relay = await startTrusting(t);
    const [host, guest] = await hostAndGuest(t, relay);
    const target = guest.id;
    const bodies = [
      undefined, null, 'lock', [], {}, { action: 'explode' }, { action: '__proto__' }, { action: 'remove' }, { action: 'remove', target: [target] },
      { action: 'admit', target: '' }, { action: 'mute', target }, { action: 'mute', target, source: '' },
      { action: 'mute', target, source: 'x'.repeat(65) },
    ];
    for (const body of bodies) assert.equal(await host.codeOf('#rtcio:host', body), 'invalid-message', JSON.stringify(body));
    for (const action of everything(host.id).slice(0, 4)) assert.equal(await host.codeOf('#rtcio:host', action), 'unknown-target');
    for (const action of everything('nobody').slice(0, 4)) assert.equal(await host.codeOf('#rtcio:host', action), 'unknown-target');
  });

  it('takes an action without ack', async (t) => {
    const relay = await startTrusting(t);
    const [host, guest] = await hostAndGuest(t, relay);
    host.socket.emit('#rtcio:host', { action: 'lock' });
    assert.deepEqual(await guest.next('#rtcio:room'), { locked: true });
  });
});

describe('roles and names', () => {
  it('are those of the identity, whatever the client says', async (t) => {
    const relay = await startTrusting(t);
    const [host, guest] = [person(t, relay, HOST), person(t, relay, { sub: 'x' })];
    const joined = await host.join('lobby', { name: 'Mallory', roles: ['emperor'] });
    assert.deepEqual([joined.name, joined.roles, joined.knocks, joined.locked], ['Hanna', ['host'], [], undefined]);
    const ack = await guest.join('lobby', { name: 'Given', roles: ['host'] });
    assert.deepEqual(ack.participants, [{ id: host.id, name: 'Hanna', engine: { v: 1 }, roles: ['host'] }]);
    assert.deepEqual([ack.name, ack.roles, ack.knocks], [undefined, undefined, undefined]);
    assert.deepEqual(await host.next('user-connected'), { id: guest.id, name: 'Given', engine: { v: 1 } });
  });
});

describe('remove', () => {
  it('takes the place away at once, and keeps its subject and its token out', async (t) => {
    const relay = await startTrusting(t);
    const [host, guest] = [person(t, relay, HOST), person(t, relay, GUEST)];
    const plain = person(t, relay, {});
    await host.join('lobby');
    joinPlainly(plain);
    await plain.next('user-connected');
    const { id, resume } = await guest.join('lobby');
    assert.equal(await host.codeOf('#rtcio:host', { action: 'remove', target: id }), 'ok');
    for (const other of [host, plain]) {
      assert.deepEqual(await other.next('#rtcio:peer-left'), { id, reason: 'removed' });
      assert.deepEqual(await other.next('user-disconnected'), { id });
    }
    assert.deepEqual(await guest.next('#rtcio:closed'), REMOVED);
    assert.equal(await guest.next('disconnect'), 'transport close');

    const [again, other] = [person(t, relay, GUEST), person(t, relay, { sub: 'other' })];
    const body = { roomId: 'lobby', engine: { v: 1 } };
    assert.equal(await again.codeOf('join-room', { ...body, resume }), 'removed');
    assert.equal(await again.codeOf('join-room', body), 'removed');
    assert.equal(await other.codeOf('join-room', { ...body, resume }), 'resume-refused');
    assert.equal(await other.codeOf('join-room', body), 'ok');
    assert.equal(await again.codeOf('join-room', { roomId: 'elsewhere' }), 'ok');
    assert.deepEqual((await host.settled()).filter((event) => event === 'user-disconnected'), ['user-disconnected']);
  });

  it('knows someone without a subject by their token alone', async (t) => {
    const relay = await startTrusting(t);
    const [host, nobody] = [person(t, relay, HOST), person(t, relay, {})];
    await host.join('lobby');
    const { id, resume } = await nobody.join('lobby');
    assert.equal(await host.codeOf('#rtcio:host', { action: 'remove', target: id }), 'ok');
    const again = person(t, relay, {});
    assert.equal(await again.codeOf('join-room', { roomId: 'lobby', engine: { v: 1 }, resume }), 'removed');
    assert.equal(await again.codeOf('join-room', { roomId: 'lobby' }), 'ok');
  });

  it('knows someone whose JWT has no subject by that token', async (t) => {
    const relay = await startRelay(t, { jwt: { secret: JWT_SECRET } });
    const [host, guest, other] = await Promise.all([{ role: 'host', sub: 'h' }, {}, { name: 'Other' }].map((claims) => mint(claims)));
    const come = (token: string | undefined) => new TestClient(t, relay, { auth: { token } });
    const removing = come(host);
    await removing.join('lobby');
    const { id } = await come(guest).join('lobby');
    assert.equal(await removing.codeOf('#rtcio:host', { action: 'remove', target: id }), 'ok');
    assert.equal(await come(guest).codeOf('join-room', { roomId: 'lobby' }), 'removed');
    assert.equal(await come(other).codeOf('join-room', { roomId: 'lobby' }), 'ok');
  });

  it('takes a held place away too, and that of an rtc.io client', async (t) => {
    const relay = await startTrusting(t);
    const [host, guest] = await hostAndGuest(t, relay);
    const { id } = guest;
    guest.vanish();
    await host.next('#rtcio:peer-left');
    assert.equal(await host.codeOf('#rtcio:host', { action: 'remove', target: id }), 'ok');
    assert.deepEqual(await host.next('#rtcio:peer-left'), { id, reason: 'removed' });
    const plain = person(t, relay, {});
    joinPlainly(plain);
    await plain.next('user-connected');
    assert.equal(await host.codeOf('#rtcio:host', { action: 'remove', target: plain.id }), 'ok');
    assert.deepEqual(await plain.next('#rtcio:closed'), REMOVED);
  });

  it('ends a ban in time', async (t) => {
    const relay = await startTrusting(t, { rooms: { banMs: 0 } });
    const [host, guest] = await hostAndGuest(t, relay);
    await host.codeOf('#rtcio:host', { action: 'remove', target: guest.id });
    assert.equal(await person(t, relay, GUEST).codeOf('join-room', { roomId: 'lobby' }), 'ok');
  });
});

describe('mute', () => {
  it('asks the one participant, and nobody else hears of it', async (t) => {
    const relay = await startTrusting(t);
    const [host, guest] = await hostAndGuest(t, relay);
    const other = person(t, relay, {});
    await other.join('lobby');
    const before = await other.settled();
    const mute = { action: 'mute', target: guest.id, source: 'microphone' };
    assert.equal(await host.codeOf('#rtcio:host', mute), 'ok');
    assert.deepEqual(await guest.next('#rtcio:mute'), { by: host.id, source: 'microphone' });
    assert.deepEqual(await other.settled(), before);
    guest.vanish();
    await host.next('#rtcio:peer-left');
    assert.equal(await host.codeOf('#rtcio:host', mute), 'unknown-target');
  });
});

describe('lock', () => {
  it('keeps new ones out, and neither hosts nor who comes back', async (t) => {
    const relay = await startTrusting(t);
    const [host, guest] = [person(t, relay, HOST), person(t, relay, GUEST)];
    await host.join('lobby');
    const { id, resume } = await guest.join('lobby');
    assert.equal(await host.codeOf('#rtcio:host', { action: 'lock' }), 'ok');
    for (const client of [host, guest]) assert.deepEqual(await client.next('#rtcio:room'), { locked: true });
    const late = person(t, relay, {});
    assert.equal(await late.codeOf('join-room', { roomId: 'lobby' }), 'room-locked');
    guest.vanish();
    const back = await person(t, relay, GUEST).join('lobby', { resume });
    assert.deepEqual([back.id, back.locked], [id, true]);
    assert.equal((await person(t, relay, { ...HOST, sub: 'two' }).join('lobby')).locked, true);
    assert.equal(await host.codeOf('#rtcio:host', { action: 'unlock' }), 'ok');
    assert.deepEqual(await host.next('#rtcio:room'), { locked: false });
    assert.equal(await late.codeOf('join-room', { roomId: 'lobby' }), 'ok');
  });
});

describe('end', () => {
  it('closes everyone with a code, the host last, and keeps others out for a while', async (t) => {
    const gone: string[] = [];
    const relay = await startTrusting(t, { onLeave: ({ id }) => gone.push(id) });
    const [host, guest] = await hostAndGuest(t, relay);
    const plain = person(t, relay, {});
    joinPlainly(plain);
    await plain.next('user-connected');
    const ids = [host.id, guest.id, plain.id];
    assert.deepEqual(await host.ask('#rtcio:host', { action: 'end' }), { ok: true });
    for (const client of [guest, plain, host]) {
      assert.equal((await client.next('#rtcio:closed') as { code: string }).code, 'room-ended');
      await client.next('disconnect');
      assert.ok(!client.heard.some(({ event }) => event === 'user-disconnected' || event === '#rtcio:peer-left'));
    }
    assert.deepEqual(gone.toSorted(), ids.toSorted());
    assert.equal(await person(t, relay, GUEST).codeOf('join-room', { roomId: 'lobby' }), 'room-ended');
    const again = await person(t, relay, HOST).ask<Joined>('join-room', { roomId: 'lobby' });
    assert.ok(again.ok && again.participants.length === 0);
  });
});
