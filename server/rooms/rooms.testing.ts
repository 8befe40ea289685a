import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Entry, LiveMember, Place, RoomFact, Rooms, Tell } from './rooms.ts';

/** Opens a store of its own for each test, and ends it with the test. */
export type MakeRooms = (t: TestContext, tell: Tell) => Rooms | Promise<Rooms>;

export const member = (id: string, more: Partial<LiveMember> = {}): LiveMember =>
  ({ roomId: 'lobby', announcement: { id }, identity: {}, socketId: `socket of ${id}`, ...more });

export const entry = (of: LiveMember | string, more: Partial<Entry> = {}): Entry => ({
  member: typeof of === 'string' ? member(of) : of, capacity: 8, returning: false, isHost: false, mayCreate: true, ...more,
});

const place = (id: string, socketId = `socket of ${id}`, roomId = 'lobby'): Place => ({ roomId, id, socketId });
const KNOCK = { waitMs: 60_000, most: 2 };
const HOUR = { idMs: 3_600_000, subjectMs: 3_600_000 };

/** What every store of rooms must hold to, whatever is behind it. */
export function roomsContract(name: string, makeRooms: MakeRooms): void {
  /** A store, the facts it told in short, and a wait for one of them. */
  async function open(t: TestContext) {
    const facts: RoomFact[] = [];
    let told = () => {};
    const rooms = await makeRooms(t, (fact) => { facts.push(fact); told(); });
    const next = async (fact: RoomFact['fact']) => {
      // A store's own timers keep no process alive.
      const alive = setInterval(() => {}, 1000);
      while (!facts.some((known) => known.fact === fact)) await new Promise<void>((resolve) => { told = resolve; });
      clearInterval(alive);
    };
    const ids = (roomId = 'lobby') => rooms.members(roomId).map(({ announcement }) => announcement.id);
    return { rooms, facts, next, ids, short: () => facts.splice(0).map(inShort) };
  }

  describe(`${name} keeps places`, () => {
    it('in the order of arrival, and tells before it answers', async (t) => {
      const { rooms, ids, short } = await open(t);
      for (const id of ['b', 'a', 'c']) {
        assert.equal(await rooms.enter(entry(id)), undefined);
        assert.deepEqual(short(), [`entered ${id}`]);
      }
      assert.deepEqual([ids(), ids('other')], [['b', 'a', 'c'], []]);
      assert.deepEqual(rooms.find('lobby', 'a'), member('a'));
    });

    it('not beyond the capacity, whoever comes at once; but always for whom there is one', async (t) => {
      const { rooms, ids, facts } = await open(t);
      const many = await Promise.all(['a', 'b', 'c', 'd'].map((id) => rooms.enter(entry(id, { capacity: 2 }))));
      assert.deepEqual(many.filter((code) => code === 'room-full').length, 2);
      const [first = ''] = ids();
      const before = rooms.find('lobby', first);
      const again = member(first, { socketId: 'another' });
      assert.equal(await rooms.enter(entry(again, { capacity: 2, returning: true })), undefined);
      assert.deepEqual(facts.at(-1), { fact: 'entered', member: again, before, returning: true });
      assert.equal(ids().length, 2);
    });

    it('and announces anew who has one, not who has it no more', async (t) => {
      const { rooms, ids, facts, short } = await open(t);
      await rooms.enter(entry('a'));
      await rooms.enter(entry('b'));
      const before = rooms.find('lobby', 'a');
      const revised = member('a', { announcement: { id: 'a', vouch: 'newer' } });
      await rooms.revise(revised);
      assert.deepEqual(facts.at(-1), { fact: 'entered', member: revised, before, returning: true });
      assert.deepEqual([rooms.find('lobby', 'a'), ids()], [revised, ['a', 'b']]);
      short();
      await rooms.revise(member('a', { socketId: 'another' }));
      await rooms.revise(member('nobody'));
      assert.deepEqual([short(), ids()], [[], ['a', 'b']]);
    });

    it('while they are held, without a socket, then gives them up', async (t) => {
      const { rooms, next, ids, short } = await open(t);
      await rooms.enter(entry('a'));
      await rooms.enter(entry('b'));
      await rooms.hold(place('a'), 50, 'transport close');
      assert.equal(rooms.find('lobby', 'a')?.socketId, undefined);
      assert.equal(await rooms.enter(entry('c', { capacity: 2 })), 'room-full');
      await next('left');
      assert.deepEqual([ids(), short()], [['b'], ['entered a', 'entered b', 'held a transport close', 'left a']]);
    });

    it('of whoever came back in time', async (t) => {
      const { rooms, next, ids } = await open(t);
      for (const id of ['a', 'b']) await rooms.enter(entry(id)).then(() => rooms.hold(place(id), 50, 'transport close'));
      await rooms.enter(entry(member('a', { socketId: 'new' }), { returning: true }));
      await next('left');
      assert.deepEqual(ids(), ['a']);
    });

    it('against a socket that has them no more', async (t) => {
      const { rooms, ids, short } = await open(t);
      await rooms.enter(entry('a'));
      await rooms.enter(entry(member('a', { socketId: 'new' }), { returning: true }));
      short();
      await rooms.leave(place('a'), 'leave', 0);
      await rooms.hold(place('a'), 1, 'transport close');
      await rooms.leave(place('nobody'), 'leave', 0);
      await rooms.leave(place('a', 'new', 'elsewhere'), 'leave', 0);
      assert.deepEqual([ids(), short()], [['a'], []]);
      await rooms.leave(place('a', 'new'), 'leave', 0);
      assert.deepEqual([ids(), short()], [[], ['left a leave']]);
    });

    it('apart in each room, under any id', async (t) => {
      const { rooms, ids } = await open(t);
      for (const id of ['__proto__', 'constructor', 'toString']) {
        assert.equal(rooms.find('__proto__', id), undefined);
        await rooms.enter(entry(member(id, { roomId: '__proto__' })));
      }
      await rooms.enter(entry('a'));
      assert.deepEqual([ids('__proto__').length, ids()], [3, ['a']]);
    });

    it('for nobody who may not open the room, unless they come back', async (t) => {
      const { rooms, ids } = await open(t);
      const guest = { mayCreate: false };
      assert.equal(await rooms.enter(entry('a', guest)), 'forbidden');
      assert.equal(await rooms.enter(entry('back', { ...guest, returning: true })), undefined);
      assert.equal(await rooms.enter(entry('a', guest)), undefined);
      assert.deepEqual(ids(), ['back', 'a']);
    });
  });

  describe(`${name} lets nobody in`, () => {
    it('to a locked room but hosts and who comes back, until it has been empty', async (t) => {
      const { rooms, short } = await open(t);
      await rooms.lock('lobby', true);
      await rooms.enter(entry('a'));
      assert.deepEqual([rooms.isLocked('lobby'), short()], [false, ['entered a']]);
      await rooms.lock('lobby', true);
      await rooms.lock('lobby', true);
      assert.deepEqual([rooms.isLocked('lobby'), short()], [true, ['locked']]);
      assert.equal(await rooms.enter(entry('b')), 'room-locked');
      assert.equal(await rooms.enter(entry('b', { knock: KNOCK })), 'room-locked');
      assert.equal(await rooms.enter(entry('host', { isHost: true })), undefined);
      assert.equal(await rooms.enter(entry('back', { returning: true })), undefined);
      await rooms.lock('lobby', false);
      assert.equal(await rooms.enter(entry('b')), undefined);
      await rooms.lock('lobby', true);
      for (const id of ['a', 'b', 'host', 'back']) await rooms.leave(place(id), 'leave', 0);
      assert.equal(await rooms.enter(entry('c')), undefined);
    });

    it('who was removed, by id and by subject', async (t) => {
      const { rooms, ids, short } = await open(t);
      const named = member('a', { identity: { sub: 'anna' } });
      await rooms.enter(entry('host'));
      await rooms.enter(entry(named));
      assert.equal(await rooms.remove('lobby', 'nobody', HOUR), 'unknown-target');
      assert.equal(await rooms.remove('other', 'a', HOUR), 'unknown-target');
      assert.equal(await rooms.remove('lobby', 'a', HOUR), undefined);
      assert.deepEqual([ids(), short().at(-1)], [['host'], 'left a removed']);
      assert.equal(await rooms.enter(entry(named, { returning: true })), 'removed');
      assert.equal(await rooms.enter(entry(member('z', { identity: { sub: 'anna' } }))), 'removed');
      assert.equal(await rooms.enter(entry('a', { isHost: true })), 'removed');
      assert.equal(await rooms.enter(entry(member('a', { roomId: 'other', identity: { sub: 'anna' } }))), undefined);
      // The ban outlives the room.
      await rooms.leave(place('host'), 'leave', 0);
      assert.equal(await rooms.enter(entry(named)), 'removed');
      assert.equal(await rooms.enter(entry('b')), undefined);
    });

    it('who said goodbye, and comes with the token of before', async (t) => {
      const { rooms, ids } = await open(t);
      for (const id of ['host', 'a', 'b']) await rooms.enter(entry(id));
      await rooms.leave(place('a', 'another socket'), 'leave', HOUR.idMs);
      assert.equal(await rooms.enter(entry('a', { returning: true })), undefined);
      await rooms.leave(place('a'), 'leave', HOUR.idMs);
      await rooms.leave(place('b'), 'transport close', 0);
      assert.equal(await rooms.enter(entry('a', { returning: true, isHost: true })), 'resume-refused');
      await rooms.enter(entry('b', { returning: true }));
      await rooms.enter(entry('a'));
      assert.deepEqual(ids(), ['host', 'b', 'a']);
    });

    it('for longer than the bans say', async (t) => {
      const { rooms } = await open(t);
      const named = member('a', { identity: { sub: 'anna' } });
      await rooms.enter(entry(named));
      await rooms.remove('lobby', 'a', { idMs: 0, subjectMs: 0 });
      assert.equal(await rooms.enter(entry(named)), undefined);
    });

    it('to a room that was ended but hosts', async (t) => {
      const { rooms, facts, ids } = await open(t);
      await rooms.enter(entry('host'));
      await rooms.enter(entry('a'));
      await rooms.hold(place('a'), 60_000, 'transport close');
      await rooms.enter(entry('k', { knock: KNOCK }));
      await rooms.end('lobby', 'host', 60_000);
      const ended = facts.at(-1);
      assert.ok(ended?.fact === 'ended');
      assert.deepEqual([ended.by, [...ended.members, ...ended.knockers].map(({ announcement }) => announcement.id)],
        ['host', ['host', 'a', 'k']]);
      assert.deepEqual([ids(), rooms.knockers('lobby')], [[], []]);
      assert.equal(await rooms.enter(entry('b', { returning: true })), 'room-ended');
      assert.equal(await rooms.enter(entry('b', { knock: KNOCK })), 'room-ended');
      assert.equal(await rooms.enter(entry('host', { isHost: true })), undefined);
      assert.equal(await rooms.enter(entry(member('a', { roomId: 'other' }))), undefined);
    });
  });

  describe(`${name} has people wait`, () => {
    it('until one is admitted, once, and only while there is room', async (t) => {
      const { rooms, ids, short } = await open(t);
      await rooms.enter(entry('host', { isHost: true, knock: KNOCK }));
      await rooms.enter(entry('k', { knock: KNOCK }));
      assert.deepEqual([ids(), rooms.knockers('lobby'), rooms.find('lobby', 'k')], [['host'], [member('k')], undefined]);
      assert.equal(await rooms.admit('lobby', 'k', 1), 'room-full');
      assert.equal(await rooms.admit('other', 'k', 8), 'unknown-target');
      short();
      const both = await Promise.all([rooms.admit('lobby', 'k', 8), rooms.admit('lobby', 'k', 8)]);
      assert.deepEqual(both.toSorted(), ['unknown-target', undefined]);
      assert.deepEqual([short(), ids(), rooms.knockers('lobby')], [['knock-ended k admitted', 'entered k'], ['host', 'k'], []]);
    });

    it('until one is refused, goes away, or has waited long enough', async (t) => {
      const { rooms, next, short, facts } = await open(t);
      await rooms.enter(entry('a', { knock: KNOCK }));
      assert.equal(await rooms.refuse('lobby', 'a'), undefined);
      assert.equal(await rooms.refuse('lobby', 'a'), 'unknown-target');
      await rooms.enter(entry('b', { knock: KNOCK }));
      await rooms.leave(place('b', 'another socket'), 'leave', 0);
      await rooms.leave(place('b'), 'leave', 0);
      assert.deepEqual(short(), ['knocked a', 'knock-ended a refused', 'knocked b', 'knock-ended b gone']);
      await rooms.enter(entry('c', { knock: { ...KNOCK, waitMs: 30 } }));
      await next('knock-ended');
      assert.deepEqual(facts.map(inShort), ['knocked c', 'knock-ended c refused']);
    });

    it('so many and no more, and neither hosts nor who comes back', async (t) => {
      const { rooms, ids } = await open(t);
      const knock = KNOCK;
      const codes = await Promise.all(['a', 'b', 'c', 'd'].map((id) => rooms.enter(entry(id, { knock }))));
      assert.deepEqual(codes.filter((code) => code === 'rate-limited').length, 2);
      await rooms.enter(entry('host', { isHost: true, knock }));
      await rooms.enter(entry('back', { returning: true, knock }));
      assert.deepEqual(ids(), ['host', 'back']);
    });
  });
}

function inShort(fact: RoomFact): string {
  const who = 'member' in fact ? fact.member : 'knocker' in fact ? fact.knocker : undefined;
  const why = 'reason' in fact ? fact.reason : 'how' in fact ? fact.how : undefined;
  return [fact.fact, who?.announcement.id, why].filter((word) => word !== undefined).join(' ');
}
