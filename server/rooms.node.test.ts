import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MemoryRooms, type Member } from './rooms.ts';

const member = (id: string, socketId = `socket of ${id}`, roomId = 'lobby'): Member => ({ roomId, announcement: { id }, socketId });

describe('MemoryRooms', () => {
  it('lists members in the order of arrival', () => {
    const rooms = new MemoryRooms();
    for (const id of ['b', 'a', 'c']) rooms.enter(member(id), 8);
    assert.deepEqual(rooms.members('lobby').map(({ announcement }) => announcement.id), ['b', 'a', 'c']);
    assert.deepEqual(rooms.members('other'), []);
  });

  it('refuses a place beyond the capacity, but never the participant who has one', () => {
    const rooms = new MemoryRooms();
    assert.deepEqual(['a', 'b', 'c'].map((id) => rooms.enter(member(id), 2)), [true, true, false]);
    assert.equal(rooms.enter(member('a', 'another socket'), 2), true);
    assert.equal(rooms.find('lobby', 'a')?.socketId, 'another socket');
    assert.deepEqual(rooms.members('lobby').map(({ announcement }) => announcement.id), ['a', 'b']);
  });

  it('counts a held place, and forgets its socket', () => {
    const rooms = new MemoryRooms();
    rooms.enter(member('a'), 1);
    rooms.hold('lobby', 'a');
    assert.deepEqual(rooms.find('lobby', 'a'), { roomId: 'lobby', announcement: { id: 'a' } });
    assert.equal(rooms.enter(member('b'), 1), false);
  });

  it('keeps rooms apart, and takes any id', () => {
    const rooms = new MemoryRooms();
    for (const id of ['__proto__', 'constructor', 'toString']) {
      assert.equal(rooms.find('__proto__', id), undefined);
      rooms.enter(member(id, 's', '__proto__'), 8);
    }
    rooms.enter(member('a'), 8);
    assert.deepEqual(['__proto__', 'lobby'].map((roomId) => rooms.members(roomId).length), [3, 1]);
    rooms.remove('lobby', 'a');
    rooms.remove('lobby', 'a');
    rooms.hold('lobby', 'a');
    assert.deepEqual(['__proto__', 'lobby'].map((roomId) => rooms.members(roomId).length), [3, 0]);
  });
});
