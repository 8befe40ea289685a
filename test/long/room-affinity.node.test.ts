import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findHaproxy, startHaproxy } from '../support/haproxy.ts';
import type { Haproxy } from '../support/haproxy.ts';
import { startRelayOf } from '../support/relay.ts';
import type { RelayProcess } from '../support/relay.ts';
import { ResumingClient } from '../support/resuming-client.ts';
import { until } from '../support/until.ts';

const FLAGS = ['--affinity', '--trusted-hops', '1', '--no-stun', '--no-demo'];
const SECRET = 'one secret for all relays of the tests';
const WHOLE_MS = 5000;
/** Two checks of a second each, and half a second between. */
const HUNG_MS = 8000;
/** A relay that drains sends its clients away within 5 s. */
const DRAINED_MS = 10_000;
const haproxy = findHaproxy();

describe('rooms on several relays behind haproxy', { skip: 'missing' in haproxy && haproxy.missing }, () => {
  const endings: (() => unknown)[] = [];
  let relays: [RelayProcess, RelayProcess, RelayProcess];
  let proxy: Haproxy;
  const rooms = new Map<string, ResumingClient[]>();
  const loners: ResumingClient[] = [];

  let addresses = 0;
  const client = (roomId: string, query?: Record<string, string>): ResumingClient => {
    const localAddress = `127.1.${addresses >> 6}.${1 + (addresses++ & 63)}`;
    return new ResumingClient(proxy.origin, { localAddress, roomId, ...(query && { query }) });
  };
  const enter = (roomId: string, count: number): void => {
    const members = rooms.get(roomId) ?? [];
    rooms.set(roomId, [...members, ...Array.from({ length: count }, () => client(roomId))]);
  };
  /** Everyone is in and knows all the others of their room, and nobody else. */
  const untilWhole = async (timeoutMs = 10_000): Promise<void> => {
    const isWhole = (members: ResumingClient[]) => members.every((one) => one.socket.connected && one.id !== ''
      && one.roster.size === members.length - 1 && members.every(({ id }) => id === one.id || one.roster.has(id)));
    try {
      await until(() => [...rooms.values()].every(isWhole), 'every room was whole', timeoutMs);
    } catch (error) {
      const parted = [...rooms].filter(([, members]) => !isWhole(members)).map(([room, members]) =>
        `${room}: ${members.map(({ id, roster, refusal = '' }) => `${id}[${roster.size}]${refusal}`).join(' ')}`);
      throw new Error(`Not whole:\n${parted.join('\n')}`, { cause: error });
    }
  };
  /** Everyone of these rooms came in once more, and the rooms are whole. */
  const untilMoved = async (names: readonly string[], timeoutMs: number): Promise<void> => {
    const startMs = performance.now();
    const moving = names.flatMap((room) => rooms.get(room) ?? []).map((one) => ({ one, joins: one.joins + 1 }));
    await until(() => moving.every(({ one, joins }) => one.joins === joins), 'everyone came back', timeoutMs);
    await untilWhole(timeoutMs - (performance.now() - startMs));
  };
  const assertNoFaults = () => { assert.deepEqual([...rooms.values()].flat().flatMap(({ faults }) => faults), []); };
  const roomsOn = async (relay: number) => [...await proxy.rooms()].filter(([, on]) => on === relay).map(([room]) => room);
  const joinsOf = (names: readonly string[]) => names.map((room) => rooms.get(room)?.map(({ joins }) => joins));

  before(async () => {
    if ('missing' in haproxy) return;
    relays = await Promise.all([startRelayOf(SECRET, ...FLAGS), startRelayOf(SECRET, ...FLAGS), startRelayOf(SECRET, ...FLAGS)]);
    endings.push(...relays.map((relay) => () => relay.stop()));
    proxy = await startHaproxy(haproxy.path, [relays[0].port, relays[1].port]);
    endings.push(() => proxy.stop());
  });
  after(async () => {
    for (const one of [...rooms.values(), loners].flat()) one.close();
    await Promise.all(endings.map((end) => end()));
  });

  it('are spread, each whole on one, even if all come in one moment', async () => {
    for (let room = 0; room < 20; room++) enter(`room-${room}`, 3);
    await untilWhole();
    const [first, second] = [await roomsOn(1), await roomsOn(2)];
    assert.equal(first.length + second.length, 20);
    assert.ok(first.length > 3 && second.length > 3, `${first.length} and ${second.length}`);
    assert.deepEqual([await proxy.connectionsOf(1), await proxy.connectionsOf(2)], [3 * first.length, 3 * second.length]);
  });

  it('are not parted by a relay that is added while people come', async (context) => {
    const before = await proxy.rooms();
    const startMs = performance.now();
    const adding = proxy.add(3, relays[2].port);
    let fresh = 0;
    const coming = setInterval(() => {
      const room = fresh++;
      if (room < 20) enter(`room-${room}`, 1);
      enter(`fresh-${room}`, 2);
    }, 50);
    try {
      await adding;
      const added = fresh;
      await until(() => fresh >= added + 30, 'thirty more rooms began', 30_000);
    } finally {
      clearInterval(coming);
    }
    await untilWhole();
    context.diagnostic(`${fresh} new rooms in ${Math.round(performance.now() - startMs)} ms, ${(await roomsOn(3)).length} on the new relay`);
    const now = await proxy.rooms();
    assert.deepEqual([...before.keys()].map((room) => now.get(room)), [...before.values()]);
    assert.ok((await roomsOn(3)).length > 3);
    assertNoFaults();
  });

  it('are whole on another relay within 5 s when theirs is killed, and nobody is doubled; the others notice nothing', async (context) => {
    const [hit, spared] = [await roomsOn(1), [...await roomsOn(2), ...await roomsOn(3)]];
    const sparedJoins = joinsOf(spared);
    const startMs = performance.now();
    await relays[0].kill();
    await untilMoved(hit, WHOLE_MS);
    context.diagnostic(`${hit.length} rooms were whole after ${Math.round(performance.now() - startMs)} ms`);
    assert.deepEqual(joinsOf(spared), sparedJoins);
    assertNoFaults();
    assert.deepEqual(await roomsOn(1), []);
  });

  it('are whole on another relay when theirs hangs, its sockets open, and stay there when it wakes', async (context) => {
    const hung = await roomsOn(2);
    const startMs = performance.now();
    relays[1].freeze();
    try {
      await untilMoved(hung, HUNG_MS);
    } finally {
      relays[1].thaw();
    }
    context.diagnostic(`${hung.length} rooms were whole after ${Math.round(performance.now() - startMs)} ms`);
    const before = await proxy.rooms();
    for (const room of hung) enter(room, 1);
    await untilWhole();
    assert.deepEqual(await proxy.rooms(), before);
    assertNoFaults();
  });

  it('are whole on another relay when theirs is taken out of service', async (context) => {
    const leaving = await roomsOn(3);
    assert.equal(leaving.length, rooms.size);
    const startMs = performance.now();
    await Promise.all([relays[2].stop(), untilMoved(leaving, DRAINED_MS)]);
    context.diagnostic(`${leaving.length} rooms were whole after ${Math.round(performance.now() - startMs)} ms`);
    assertNoFaults();
  });

  it('stay where they are when relays come back, and when the proxy reads its configuration again', async () => {
    const before = await proxy.rooms();
    const joins = joinsOf([...before.keys()]);
    await Promise.all([relays[0].start(SECRET), relays[2].start(SECRET)]);
    await proxy.reloadWith(3, relays[2].port);
    assert.deepEqual(await proxy.rooms(), before);
    for (const room of before.keys()) enter(room, 1);
    enter('late', 2);
    await untilWhole();
    const now = await proxy.rooms();
    assert.deepEqual([...before.keys()].map((room) => now.get(room)), [...before.values()]);
    assert.deepEqual(joinsOf([...before.keys()]).map((members) => members?.slice(0, -1)), joins);
    assertNoFaults();
  });

  it('are joined over a connection that names them, and over no other', async () => {
    for (const query of [{ room: 'other' }, {}]) {
      const stray = client('lobby', query);
      loners.push(stray);
      await until(() => stray.refusal, 'the join was refused');
      assert.equal(stray.refusal, 'wrong-relay');
    }
    for (const room of ['a b', '', 'x'.repeat(65)]) {
      const url = `${proxy.origin}/socket.io/?EIO=4&transport=websocket&room=${encodeURIComponent(room)}`;
      assert.equal((await fetch(url, { headers: { origin: proxy.origin } })).status, 400);
    }
  });
});
