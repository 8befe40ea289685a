import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { Announcement, Joined } from '../../src/protocol/wire.ts';
import { VOUCH_KEYS_PATH } from '../identity/relay-issuer.ts';
import { generateVouchKey } from '../identity/signing-key.ts';
import { GUEST, HOST, person } from '../people.testing.ts';
import { FP, type TestClient } from '../relay.testing.ts';
import { describeRedis, startTwo } from './redis.testing.ts';

const BODY = { roomId: 'lobby', name: 'someone', engine: { v: 1 } };
const SIGNAL = { mid: 'stream' };

describeRedis('two relays on one Redis', (stage) => {
  it('introduce their participants to each other, each pair once, and carry what they say', async (t) => {
    const [one, two] = await startTwo(t, stage.freshUrl());
    const clients = [one, two, one, two].map((relay) => person(t, relay, {}));
    const joined = await Promise.all(clients.map((client) => client.join('lobby')));
    await Promise.all(clients.map(async (client) => {
      for (let others = 0; others < 3; others++) await client.next('user-connected');
    }));
    for (const from of clients) {
      for (const to of clients.filter((client) => client !== from)) {
        assert.equal(await from.codeOf('#rtcio:message', { target: to.id, data: SIGNAL }), 'ok');
      }
    }
    for (const to of clients) {
      const from: unknown[] = [];
      while (from.length < 3) from.push((await to.next('#rtcio:message') as { source: string }).source);
      assert.deepEqual(from.toSorted(), clients.filter((client) => client !== to).map(({ id }) => id).toSorted());
    }
    const offers = clients.flatMap((client) => client.heard.filter(({ event }) => event === '#rtcio:init-offer')
      .map(({ body }) => [client.id, (body as { source: string }).source].toSorted().join(' ')));
    assert.deepEqual([offers.length, new Set(offers).size], [6, 6]);
    assert.deepEqual(joined.map(({ participants }) => participants.length).toSorted(), [0, 1, 2, 3]);
    assert.equal(await clients[0]?.codeOf('#rtcio:message', { target: 'nobody', data: SIGNAL }), 'unknown-target');
  });

  it('give one place to one participant, wherever they come back', async (t) => {
    const left: string[] = [];
    const [one, two] = await startTwo(t, stage.freshUrl(), { onLeave: ({ id }) => left.push(id), capacity: 2 });
    const [host, guest] = [person(t, one, HOST), person(t, two, GUEST)];
    await host.join('lobby');
    const { id, resume } = await guest.join('lobby');
    assert.deepEqual(await host.next('#rtcio:init-offer'), { source: id });
    assert.equal(await person(t, one, {}).codeOf('join-room', BODY), 'room-full');

    guest.vanish();
    assert.deepEqual(await host.next('#rtcio:peer-left'), { id, reason: 'transport close' });
    assert.equal(await person(t, two, {}).codeOf('join-room', BODY), 'room-full');
    const back = person(t, one, GUEST);
    assert.deepEqual((await back.join('lobby', { resume })).participants.map((each) => each.id), [host.id]);
    assert.deepEqual(await host.next('user-connected'), { id, name: 'Gus', engine: { v: 1 }, resumed: true });

    const again = person(t, two, GUEST);
    await again.join('lobby', { resume });
    assert.equal((await back.next('#rtcio:closed') as { code: string }).code, 'replaced');
    assert.equal(await again.codeOf('leave-room', { roomId: 'lobby' }), 'ok');
    assert.deepEqual(await host.next('user-disconnected'), { id });
    assert.deepEqual(left, [id]);
    assert.ok(!host.heard.some(({ event }, index) => event === '#rtcio:init-offer' && index > 2));
  });

  it('hand on vouches and their renewals, and sign with one key', async (t) => {
    const key = generateVouchKey();
    const [one, two] = await startTwo(t, stage.freshUrl(), { vouch: { issuer: 'https://relays.example', key } });
    const [host, guest] = [person(t, one, HOST), person(t, two, GUEST)];
    const { vouch } = await host.join('lobby', { fp: FP, vouch: '' });
    const roster = async (client: TestClient) => (await client.join('lobby', { fp: FP, vouch: 'a.b.c' })).participants;
    assert.deepEqual((await roster(guest)).map((each) => each.vouch), [vouch]);
    assert.equal((await host.next('user-connected') as Announcement).vouch, 'a.b.c');

    assert.deepEqual(await guest.ask('#rtcio:vouch', { vouch: 'd.e.f' }), { ok: true });
    assert.deepEqual(await host.next('user-connected'), { id: guest.id, name: 'Gus', engine: { v: 1 }, fp: FP, vouch: 'd.e.f' });
    const ack = await host.ask<{ value?: string }>('#rtcio:vouch', {});
    const renewed = ack.ok ? ack.value : undefined;
    assert.notEqual(renewed, vouch);
    const toldOfHost = () => guest.heard.find(({ event, body }) => event === 'user-connected' && (body as Announcement).vouch === renewed);
    while (!toldOfHost()) await guest.next('user-connected');
    // By whichever relay: the keys of one verify what the other signed.
    const { keys } = await (await fetch(`http://127.0.0.1:${two.port}${VOUCH_KEYS_PATH}`)).json() as Parameters<typeof createLocalJWKSet>[0];
    assert.equal((await jwtVerify(renewed ?? '', createLocalJWKSet({ keys }))).payload.sub, 'hanna');
    const late = person(t, one, {});
    assert.deepEqual((await roster(late)).map((each) => each.vouch).toSorted(), ['d.e.f', renewed].toSorted());
  });

  it('hold to what a host says', async (t) => {
    const [one, two] = await startTwo(t, stage.freshUrl());
    const [host, guest] = [person(t, one, HOST), person(t, two, GUEST)];
    await host.join('lobby');
    const { id, resume } = await guest.join('lobby');
    assert.equal(one.emit('lobby', 'news', 1), 2);
    assert.equal(await guest.next('news'), 1);
    assert.equal(await host.codeOf('#rtcio:host', { action: 'mute', target: id, source: 'camera' }), 'ok');
    assert.deepEqual(await guest.next('#rtcio:mute'), { by: host.id, source: 'camera' });
    assert.equal(await host.codeOf('#rtcio:host', { action: 'lock' }), 'ok');
    assert.deepEqual(await guest.next('#rtcio:room'), { locked: true });
    assert.equal(await person(t, two, {}).codeOf('join-room', BODY), 'room-locked');
    assert.equal(await host.codeOf('#rtcio:host', { action: 'remove', target: id }), 'ok');
    assert.equal((await guest.next('#rtcio:closed') as { code: string }).code, 'removed');
    assert.equal(await person(t, two, GUEST).codeOf('join-room', { ...BODY, resume }), 'removed');
    assert.equal(await host.codeOf('#rtcio:host', { action: 'unlock' }), 'ok');
    const other = person(t, two, {});
    await other.join('lobby');
    assert.equal(await host.codeOf('#rtcio:host', { action: 'end' }), 'ok');
    assert.equal((await other.next('#rtcio:closed') as { code: string }).code, 'room-ended');
    assert.equal(await person(t, two, {}).codeOf('join-room', BODY), 'room-ended');
  });

  it('have one waiting room', async (t) => {
    const [one, two] = await startTwo(t, stage.freshUrl(), { rooms: { waitingRoom: true } });
    const [host, guest, other] = [person(t, one, HOST), person(t, two, GUEST), person(t, two, {})];
    await guest.ask('join-room', BODY);
    const { knocks = [] } = await host.join('lobby');
    assert.deepEqual(knocks, [{ id: guest.id, name: 'Gus' }]);
    assert.equal(await host.codeOf('#rtcio:host', { action: 'admit', target: guest.id }), 'ok');
    assert.deepEqual((await guest.next('#rtcio:admitted') as Joined).participants.map((each) => each.id), [host.id]);
    assert.deepEqual(await host.next('#rtcio:init-offer'), { source: guest.id });
    await other.ask('join-room', BODY);
    const { id } = await host.next('#rtcio:knock') as { id: string };
    assert.equal(await host.codeOf('#rtcio:host', { action: 'refuse', target: id }), 'ok');
    assert.equal((await other.next('#rtcio:closed') as { code: string }).code, 'knock-refused');
  });

  it('have everyone of fifty simultaneous pairs meet once', async (t) => {
    const [one, two] = await startTwo(t, stage.freshUrl());
    await Promise.all(Array.from({ length: 50 }, async (_, round) => {
      const pair = [person(t, one, {}), person(t, two, {})];
      await Promise.all(pair.map((client) => client.join(`room-${round}`)));
      const told = await Promise.all(pair.map((client) => client.next('user-connected'))) as Announcement[];
      assert.deepEqual(told.map(({ id }) => id), pair.map(({ id }) => id).toReversed());
      const [offering] = await Promise.all([Promise.race(pair.map((client) => client.next('#rtcio:init-offer'))), ...pair.map((client) => client.settled())]);
      assert.ok(pair.some(({ id }) => id === (offering as { source: string }).source));
      assert.equal(pair.flatMap(({ heard }) => heard).filter(({ event }) => event === '#rtcio:init-offer').length, 1);
    }));
  });
});
