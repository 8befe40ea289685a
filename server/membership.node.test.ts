import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Announcement, Joined } from '../src/protocol/wire.ts';
import { createRelay, type RelayOptions } from './index.ts';
import { GUEST, HOST, person, startTrusting } from './people.testing.ts';
import { SECRET, startRelay, TestClient } from './relay.testing.ts';
import { SharedRooms } from './rooms/shared-rooms.testing.ts';

const BODY = { roomId: 'lobby', name: 'someone', engine: { v: 1 } };
const SIGNAL = { mid: 'stream' };

/** Resolves when told to; meanwhile everyone waits for it. */
function gate() {
  let open = () => {};
  const passed = new Promise<boolean>((resolve) => { open = () => { resolve(true); }; });
  return { passed, open };
}

describe('authorize', () => {
  it('decides after the rooms of the identity, and what it throws is a no', async (t) => {
    const asked: string[] = [];
    const relay = await startTrusting(t, {
      authorize(identity, roomId) {
        asked.push(`${identity.sub ?? ''} ${roomId}`);
        if (roomId === 'throws') throw new Error('broken');
        if (roomId === 'rejects') return Promise.reject(new Error('broken'));
        if (roomId === 'invents') return { code: `user-${identity.sub ?? ''}` as 'forbidden', message: 'Codes are counted.' };
        return roomId === 'says' ? { code: 'unauthorized', message: 'Pay first.' } : Promise.resolve(roomId === 'yes');
      },
    });
    const guest = person(t, relay, GUEST);
    for (const roomId of ['throws', 'rejects', 'no', 'invents']) assert.equal(await guest.codeOf('join-room', { ...BODY, roomId }), 'forbidden');
    assert.deepEqual(await guest.ask('join-room', { ...BODY, roomId: 'says' }), {
      ok: false, error: { code: 'unauthorized', message: 'Pay first.' },
    });
    assert.equal(await guest.codeOf('join-room', { ...BODY, roomId: 'yes' }), 'ok');
    asked.length = 0;
    assert.equal(await person(t, relay, { ...GUEST, rooms: ['other'] }).codeOf('join-room', { ...BODY, roomId: 'yes' }), 'forbidden');
    assert.deepEqual(asked, []);
    assert.equal(await person(t, relay, { ...GUEST, rooms: ['yes'] }).codeOf('join-room', { ...BODY, roomId: 'yes' }), 'ok');
    assert.deepEqual(asked, ['gus yes']);
  });

  it('stops a start that cannot be right', () => {
    const wrong: [RelayOptions, RegExp][] = [
      [{ capacity: 0 }, /^capacity /], [{ rooms: { knockMs: 0 } }, /^rooms\.knockMs .*300000/], [{ rooms: { maxKnocks: 1.5 } }, /^rooms\.maxKnocks /],
      [{ rooms: { banMs: -1 } }, /^rooms\.banMs /], [{ rooms: { endedMs: Number.NaN } }, /^rooms\.endedMs /],
      [{ rooms: { hostRoles: [] } }, /^rooms\.hostRoles .*\["host"\]/], [{ rooms: { createRoles: [''] } }, /^rooms\.createRoles /],
      [{ rooms: { waitingRoom: true } }, /^rooms\.waitingRoom .*authenticat/], [{ rooms: { createRoles: ['host'] } }, /^rooms\.createRoles .*authenticat/],
    ];
    for (const [options, message] of wrong) {
      assert.throws(() => createRelay({ secret: SECRET, ...options }), { name: 'TypeError', message });
    }
  });
});

describe('a join that is being decided', () => {
  it('is one at a time, and ends when the client leaves', async (t) => {
    const { passed, open } = gate();
    const relay = await startTrusting(t, { authorize: ({ sub }) => sub !== 'gus' || passed });
    const [host, guest] = [person(t, relay, HOST), person(t, relay, GUEST)];
    await host.join('lobby');
    const joining = guest.codeOf('join-room', BODY);
    assert.equal(await guest.codeOf('join-room', { ...BODY, roomId: 'other' }), 'already-joined');
    assert.equal(await guest.codeOf('#rtcio:message', { target: host.id, data: SIGNAL }), 'not-joined');
    assert.equal(await guest.codeOf('leave-room', { roomId: 'lobby' }), 'ok');
    assert.equal(await guest.codeOf('join-room', BODY), 'already-joined');
    open();
    assert.equal(await joining, 'not-joined');
    assert.deepEqual((await person(t, relay, {}).join('lobby')).participants.map(({ id }) => id), [host.id]);
    assert.equal(await guest.codeOf('join-room', BODY), 'ok');
  });

  it('leaves nobody behind whose socket has gone meanwhile', async (t) => {
    const shared = new SharedRooms();
    t.after(() => { shared.close(); });
    const { passed, open } = gate();
    const { passed: reached, open: reach } = gate();
    const relay = await startRelay(t, { openRooms: shared.open, limits: { socketsPerAddress: 2 } });
    const [a, b] = [new TestClient(t, relay), new TestClient(t, relay)];
    await a.join('lobby');
    shared.before = () => { reach(); return passed; };
    b.socket.emit('join-room', BODY);
    await reached;
    b.vanish();
    // Until the relay has noticed.
    while (!(await (await fetch(`http://127.0.0.1:${relay.port}/health?origin=http://localhost`)).text()).includes('open'));
    open();
    const { id } = await a.next('user-connected') as Announcement;
    assert.deepEqual(await a.next('user-disconnected'), { id });
  });
});

describe('joining, leaving and joining in one breath', () => {
  it('ends where the last word says, at a store that decides at once or later', async (t) => {
    const shared = new SharedRooms();
    t.after(() => { shared.close(); });
    for (const [options, codes] of [[{}, ['ok', 'ok', 'ok']], [{ openRooms: shared.open }, ['not-joined', 'ok', 'already-joined']]] as const) {
      const relay = await startRelay(t, options);
      const [a, b] = [new TestClient(t, relay), new TestClient(t, relay)];
      await a.join('lobby');
      // Connected: what follows is sent at once.
      await b.codeOf('leave-room', {});
      const said = ['join-room', 'leave-room', 'join-room'].map((event) => b.codeOf(event, BODY));
      assert.deepEqual(await Promise.all(said), codes);
      await a.settled();
      const here = a.heard.reduce((sum, { event }) => sum + (event === 'user-connected' ? 1 : event === 'user-disconnected' ? -1 : 0), 0);
      assert.equal(here, codes[2] === 'ok' ? 1 : 0);
    }
  });
});

describe('a store out of reach', () => {
  it('refuses, hangs nowhere, and leaves those who are in alone', async (t) => {
    const shared = new SharedRooms();
    t.after(() => { shared.close(); });
    const relay = await startTrusting(t, { openRooms: shared.open });
    const [host, guest, late] = [person(t, relay, HOST), person(t, relay, GUEST), person(t, relay, {})];
    await host.join('lobby');
    await guest.join('lobby');
    const back = shared.before;
    shared.before = () => Promise.reject(new Error('connection refused'));
    assert.equal(await late.codeOf('join-room', BODY), 'relay-unavailable');
    assert.equal((await late.next('#rtcio:closed') as { code: string }).code, 'relay-unavailable');
    for (const action of [{ action: 'lock' }, { action: 'end' }, { action: 'remove', target: guest.id }]) {
      assert.equal(await host.codeOf('#rtcio:host', action), 'relay-unavailable');
    }
    assert.equal(await host.codeOf('#rtcio:message', { target: guest.id, data: SIGNAL }), 'ok');
    await guest.next('#rtcio:message');
    shared.before = back;
    assert.equal(await person(t, relay, {}).codeOf('join-room', BODY), 'ok');
  });
});

describe('two relays on one store', () => {
  async function pair(t: TestContext, options: RelayOptions = {}) {
    const shared = new SharedRooms();
    t.after(() => { shared.close(); });
    const start = () => startTrusting(t, { ...options, openRooms: shared.open });
    return [await start(), await start()] as const;
  }

  it('introduce their participants to each other, each pair once', async (t) => {
    const [one, two] = await pair(t);
    const clients = [one, two, one, two].map((relay) => person(t, relay, {}));
    await Promise.all(clients.map((client) => client.join('lobby')));
    const offers = (await Promise.all(clients.map(async (client) => {
      await client.settled();
      return client.heard.filter(({ event }) => event === '#rtcio:init-offer').map(({ body }) => [client.id, (body as { source: string }).source]);
    }))).flat().map((ids) => ids.toSorted().join(' '));
    assert.deepEqual([offers.length, new Set(offers).size], [6, 6]);
    for (const client of clients) assert.equal(client.heard.filter(({ event }) => event === 'user-connected').length, 3);
  });

  it('carry envelopes, events of the app and what hosts ask', async (t) => {
    const left: string[] = [];
    const [one, two] = await pair(t, { onLeave: ({ id }) => left.push(id) });
    const [host, guest] = [person(t, one, HOST), person(t, two, GUEST)];
    await host.join('lobby');
    const { id, resume } = await guest.join('lobby');
    assert.equal(await host.codeOf('#rtcio:message', { target: id, data: SIGNAL }), 'ok');
    assert.deepEqual(await guest.next('#rtcio:message'), { source: host.id, target: id, data: SIGNAL });
    assert.equal(one.emit('lobby', 'news', 1), 2);
    assert.equal(await guest.next('news'), 1);
    assert.equal(await host.codeOf('#rtcio:host', { action: 'mute', target: id, source: 'camera' }), 'ok');
    assert.deepEqual(await guest.next('#rtcio:mute'), { by: host.id, source: 'camera' });
    assert.equal(await host.codeOf('#rtcio:host', { action: 'lock' }), 'ok');
    assert.deepEqual(await guest.next('#rtcio:room'), { locked: true });

    const moved = person(t, one, GUEST);
    assert.equal((await moved.join('lobby', { resume })).id, id);
    assert.equal((await guest.next('#rtcio:closed') as { code: string }).code, 'replaced');
    assert.equal(await host.codeOf('#rtcio:host', { action: 'remove', target: id }), 'ok');
    await moved.next('disconnect');
    assert.equal(await person(t, two, GUEST).codeOf('join-room', BODY), 'removed');
    assert.deepEqual(left, [id]);
  });

  it('have one waiting room', async (t) => {
    const [one, two] = await pair(t, { rooms: { waitingRoom: true } });
    const [host, guest] = [person(t, one, HOST), person(t, two, GUEST)];
    await host.join('lobby');
    await guest.ask('join-room', BODY);
    const { id } = await host.next('#rtcio:knock') as { id: string };
    assert.equal(await host.codeOf('#rtcio:host', { action: 'admit', target: id }), 'ok');
    assert.deepEqual((await guest.next('#rtcio:admitted') as Joined).participants.map((each) => each.id), [host.id]);
    assert.deepEqual(await host.next('#rtcio:init-offer'), { source: id });
  });
});
