import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Joined, Waiting } from '../src/protocol/wire.ts';
import { GUEST, HOST, joinPlainly, person, startTrusting } from './people.testing.ts';
import type { TestClient } from './relay.testing.ts';

const rooms = { waitingRoom: true };
const BODY = { roomId: 'lobby', name: 'someone', engine: { v: 1 } };
const SIGNAL = { mid: 'stream' };

async function knock(client: TestClient): Promise<string> {
  const answer = await client.ask<Waiting>('join-room', BODY);
  assert.deepEqual(answer, { ok: true, waiting: true, id: client.id });
  return client.id;
}

describe('a waiting room', () => {
  it('lets a guest in as a newcomer when a host admits it', async (t) => {
    const relay = await startTrusting(t, { rooms });
    const [host, member, guest] = [person(t, relay, HOST), person(t, relay, { ...HOST, sub: 'two' }), person(t, relay, GUEST)];
    await host.join('lobby');
    await member.join('lobby');
    const id = await knock(guest);
    for (const each of [host, member]) assert.deepEqual(await each.next('#rtcio:knock'), { id, name: 'Gus' });
    assert.equal(await host.codeOf('#rtcio:host', { action: 'admit', target: id }), 'ok');
    const { resume, ...joined } = await guest.next('#rtcio:admitted') as Joined;
    assert.deepEqual(joined, {
      id, name: 'Gus', iceServers: [], participants: [host, member].map((each) => ({ id: each.id, name: 'Hanna', engine: { v: 1 }, roles: ['host'] })),
    });
    for (const each of [host, member]) {
      assert.deepEqual(await each.next('#rtcio:knock-ended'), { id });
      assert.deepEqual(await each.next('user-connected'), { id, name: 'Gus', engine: { v: 1 } });
      assert.deepEqual(await each.next('#rtcio:init-offer'), { source: id });
    }
    assert.deepEqual(await guest.settled(), ['#rtcio:admitted', 'user-connected', 'user-connected']);
    guest.vanish();
    assert.equal((await person(t, relay, GUEST).join('lobby', { resume })).id, id);
  });

  it('tells who waits nothing, and hears nothing of them', async (t) => {
    const relay = await startTrusting(t, { rooms, limits: { joinMs: 150 } });
    const [host, guest, other] = [person(t, relay, HOST), person(t, relay, GUEST), person(t, relay, {})];
    const id = await knock(guest);
    const { knocks } = await host.join('lobby');
    assert.deepEqual(knocks, [{ id, name: 'Gus' }]);
    await knock(other);
    for (const [event, body] of [
      ['#rtcio:message', { target: host.id, data: SIGNAL }], ['#rtcio:ice-servers'], ['#rtcio:host', { action: 'lock' }],
    ] as [string, unknown?][]) assert.equal(await guest.codeOf(event, ...(body === undefined ? [] : [body])), 'not-joined');
    assert.equal(await host.codeOf('#rtcio:message', { target: id, data: SIGNAL }), 'unknown-target');
    for (const roomId of ['lobby', 'other']) assert.equal(await guest.codeOf('join-room', { ...BODY, roomId }), 'already-joined');
    assert.equal(relay.emit('lobby', 'news'), 1);
    // Longer than a socket may be without a room, which ends another one meanwhile.
    await person(t, relay, {}).next('#rtcio:closed');
    assert.deepEqual(await guest.settled(), []);
  });

  it('ends a knock that is refused, or not answered in time', async (t) => {
    const relay = await startTrusting(t, { rooms: { ...rooms, knockMs: 200 } });
    const [host, guest, patient] = [person(t, relay, HOST), person(t, relay, GUEST), person(t, relay, {})];
    await host.join('lobby');
    const [first, second] = [await knock(guest), await knock(patient)];
    assert.equal(await host.codeOf('#rtcio:host', { action: 'refuse', target: first }), 'ok');
    assert.deepEqual(await host.next('#rtcio:knock-ended'), { id: first });
    for (const client of [guest, patient]) {
      assert.equal((await client.next('#rtcio:closed') as { code: string }).code, 'knock-refused');
      await client.next('disconnect');
    }
    assert.deepEqual(await host.next('#rtcio:knock-ended'), { id: second });
    for (const action of ['admit', 'refuse']) assert.equal(await host.codeOf('#rtcio:host', { action, target: first }), 'unknown-target');
  });

  it('ends a knock with its socket, or when it leaves; leaving allows another', async (t) => {
    const relay = await startTrusting(t, { rooms });
    const [host, guest, gone] = [person(t, relay, HOST), person(t, relay, GUEST), person(t, relay, {})];
    await host.join('lobby');
    const id = await knock(guest);
    assert.equal(await guest.codeOf('leave-room', { roomId: 'other' }), 'not-joined');
    assert.equal(await guest.codeOf('leave-room', { roomId: 'lobby' }), 'ok');
    assert.deepEqual(await host.next('#rtcio:knock-ended'), { id });
    await knock(guest);
    const second = await knock(gone);
    gone.vanish();
    assert.deepEqual(await host.next('#rtcio:knock-ended'), { id: second });
    assert.equal(await host.codeOf('#rtcio:host', { action: 'admit', target: second }), 'unknown-target');
    assert.equal(await host.codeOf('#rtcio:host', { action: 'admit', target: id }), 'ok');
  });

  it('is left by one who is admitted by two hosts at once, once', async (t) => {
    const relay = await startTrusting(t, { rooms });
    const [host, two, guest] = [person(t, relay, HOST), person(t, relay, { ...HOST, sub: 'two' }), person(t, relay, GUEST)];
    await host.join('lobby');
    await two.join('lobby');
    const admit = { action: 'admit', target: await knock(guest) };
    const codes = await Promise.all([host, two].map((each) => each.codeOf('#rtcio:host', admit)));
    assert.deepEqual(codes.toSorted(), ['ok', 'unknown-target']);
    assert.deepEqual(await guest.settled(), ['#rtcio:admitted', 'user-connected', 'user-connected']);
  });

  it('keeps waiting who is admitted to a full room', async (t) => {
    const relay = await startTrusting(t, { rooms, capacity: 2 });
    const [host, two, guest] = [person(t, relay, HOST), person(t, relay, { ...HOST, sub: 'two' }), person(t, relay, GUEST)];
    await host.join('lobby');
    const target = await knock(guest);
    await two.join('lobby');
    assert.equal(await person(t, relay, {}).codeOf('join-room', BODY), 'room-full');
    assert.equal(await host.codeOf('#rtcio:host', { action: 'admit', target }), 'room-full');
    assert.equal(await two.codeOf('leave-room', { roomId: 'lobby' }), 'ok');
    assert.equal(await host.codeOf('#rtcio:host', { action: 'admit', target }), 'ok');
    await guest.next('#rtcio:admitted');
  });

  it('is bounded', async (t) => {
    const relay = await startTrusting(t, { rooms: { ...rooms, maxKnocks: 3 } });
    const host = person(t, relay, HOST);
    await host.join('lobby');
    const codes = await Promise.all(Array.from({ length: 30 }, () => person(t, relay, {}).codeOf('join-room', BODY)));
    assert.deepEqual(codes.toSorted(), [...Array<string>(3).fill('ok'), ...Array<string>(27).fill('rate-limited')]);
    assert.deepEqual(await host.settled(), Array<string>(3).fill('#rtcio:knock'));
  });

  it('holds rtc.io clients as well: they hear of the room when they are in', async (t) => {
    const relay = await startTrusting(t, { rooms });
    const [host, plain, refused] = [person(t, relay, HOST), person(t, relay, {}), person(t, relay, {})];
    await host.join('lobby');
    joinPlainly(plain);
    assert.deepEqual(await host.next('#rtcio:knock'), { id: plain.id, name: 'rtc.io' });
    joinPlainly(refused);
    const { id } = await host.next('#rtcio:knock') as { id: string };
    assert.deepEqual(plain.heard, []);
    await host.codeOf('#rtcio:host', { action: 'admit', target: plain.id });
    await host.codeOf('#rtcio:host', { action: 'refuse', target: id });
    assert.equal((await plain.next('user-connected') as { id: string }).id, host.id);
    assert.deepEqual(await host.next('user-connected'), { id: plain.id, name: 'rtc.io' });
    await refused.next('disconnect');
    assert.ok(!refused.heard.some(({ event }) => event === 'user-connected'));
    plain.socket.emit('leave-room', { roomId: 'lobby' });
    assert.deepEqual(await host.next('user-disconnected'), { id: plain.id });
  });

  it('stands where the operator says, and where asking fails', async (t) => {
    const waitingRoom = (roomId: string) => {
      if (roomId === 'broken') throw new Error('no such room');
      // As JavaScript may have it: a promise says nothing in time, and one that fails must not end the process.
      if (roomId === 'later') return Promise.reject(new Error('no such room')) as unknown as boolean;
      return roomId === 'closed';
    };
    const relay = await startTrusting(t, { rooms: { waitingRoom } });
    for (const [roomId, waiting] of [['open', undefined], ['closed', true], ['broken', true], ['later', true]] as const) {
      const answer = await person(t, relay, GUEST).ask<Waiting>('join-room', { ...BODY, roomId });
      assert.ok(answer.ok);
      assert.equal(answer.waiting, waiting);
    }
  });

  it('lets hosts alone open a room, where only they may', async (t) => {
    const relay = await startTrusting(t, { rooms: { createRoles: ['teacher'], hostRoles: ['teacher'] } });
    const [teacher, guest] = [person(t, relay, { roles: ['teacher'] }), person(t, relay, GUEST)];
    assert.equal(await guest.codeOf('join-room', BODY), 'forbidden');
    await teacher.join('lobby');
    assert.equal(await guest.codeOf('join-room', BODY), 'ok');
    assert.equal(await teacher.codeOf('#rtcio:host', { action: 'lock' }), 'ok');
  });
});
