import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RoomFact } from '../rooms/rooms.ts';
import { member } from '../rooms/rooms.testing.ts';
import { toRecord, type Loaded, type PlaceRecord, type Published } from './records.ts';
import { Replica } from './replica.ts';

const record = (id: string, n: number, more: Partial<PlaceRecord> = {}): PlaceRecord =>
  ({ ...toRecord(member(id), 'relay', undefined), n, again: false, ...more });
const entered = (seq: number, who: PlaceRecord, before = seq - 1): Published =>
  ({ fact: 'entered', room: 'lobby', before: String(before), seq: String(seq), record: who });
const left = (seq: number, id: string): Published => ({ fact: 'left', room: 'lobby', before: String(seq - 1), seq: String(seq), id });
const state = (seq: number, members: PlaceRecord[], locked = ''): Loaded =>
  [String(seq), '1', locked, members.map((each) => JSON.stringify(each)), []];

/** A replica, what it told, and a Redis that answers when told to. */
function open() {
  const facts: RoomFact[] = [];
  const answers: { resolve: (loaded: Loaded) => void; reject: (error: Error) => void }[] = [];
  const replica = new Replica('lobby', (fact) => { facts.push(fact); },
    () => new Promise((resolve, reject) => { answers.push({ resolve, reject }); }));
  const load = async (loaded: Loaded) => {
    const loading = replica.load();
    answers.shift()?.resolve(loaded);
    await loading;
  };
  const told = () => facts.splice(0).map((fact) => `${fact.fact} ${'member' in fact ? fact.member.announcement.id : ''}`.trim());
  return { replica, answers, load, told, ids: () => replica.members.map(({ announcement }) => announcement.id) };
}

describe('Replica', () => {
  it('begins with the room as it is, told to nobody, then takes each change once and in order', async () => {
    const { replica, load, told, ids } = open();
    await load(state(5, [record('b', 2), record('a', 1)], '1'));
    assert.deepEqual([ids(), replica.isLocked, told()], [['a', 'b'], true, []]);
    for (const published of [entered(5, record('a', 1)), entered(6, record('c', 3)), entered(6, record('c', 3)), left(7, 'a')]) replica.hear(published);
    assert.deepEqual([ids(), told()], [['b', 'c'], ['entered c', 'left a']]);
  });

  it('keeps what is published while it loads', async () => {
    const { replica, answers, ids, told } = open();
    const loading = replica.load();
    for (const published of [entered(5, record('a', 1)), entered(6, record('b', 2))]) replica.hear(published);
    answers[0]?.resolve(state(5, [record('a', 1)]));
    await loading;
    assert.deepEqual([ids(), told()], [['a', 'b'], ['entered b']]);
  });

  it('loads where a change is missing, and tells the difference', async () => {
    const { replica, answers, load, told, ids } = open();
    await load(state(5, [record('a', 1), record('b', 2), record('c', 3)]));
    replica.hear(left(9, 'x'));
    answers.shift()?.resolve(state(9, [record('a', 1, { socket: '' }), record('b', 2, { socket: 'new', again: true }), record('d', 4)], '1'));
    await replica.load();
    assert.deepEqual([ids(), told()], [['a', 'b', 'd'], ['left c', 'held a', 'entered b', 'entered d', 'locked']]);
  });

  it('says when a change has come, and loads where it does not come', async () => {
    const { replica, answers, load } = open();
    await load(state(5, []));
    let isThere = false;
    const reached = replica.reached('7').then(() => { isThere = true; });
    replica.hear(entered(6, record('a', 1)));
    await new Promise(setImmediate);
    assert.equal(isThere, false);
    // Its own timer keeps no process alive.
    while (answers.length === 0) await new Promise((resolve) => { setTimeout(resolve, 10); });
    answers.shift()?.resolve(state(7, [record('a', 1), record('b', 2)]));
    await reached;
  });

  it('stays as it was where Redis does not answer', async () => {
    const { replica, answers, load, ids } = open();
    await load(state(5, [record('a', 1)]));
    const loading = replica.load();
    answers.shift()?.reject(new Error('gone'));
    await assert.rejects(loading, /gone/);
    assert.deepEqual(ids(), ['a']);
  });

  it('follows a room that ended and began anew', async () => {
    const { replica, load, told } = open();
    await load(state(5, [record('a', 1)]));
    replica.hear(left(6, 'a'));
    replica.hear(entered(1000, record('b', 1), 0));
    assert.deepEqual([told(), replica.born], [['left a', 'entered b'], '1000']);
  });
});
