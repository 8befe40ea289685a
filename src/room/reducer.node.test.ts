import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RoomError } from '../shared/errors.ts';
import { initialSnapshot, reduce } from './reducer.ts';
import type { Change } from './reducer.ts';
import type { RoomSnapshot, TrackView } from './snapshot.ts';

const start = initialSnapshot('lobby', ' Ada ');
const after = (...changes: Change[]): RoomSnapshot => changes.reduce(reduce, start);
const error = new RoomError('room-full', 'The room is full.');
const JOINED: Change[] = [{ type: 'joining' }, { type: 'joined', id: 'me' }];
const announce = (id: string, name = id): Change => ({ type: 'participant-announced', id, name, kind: 'engine' });
const connect = (id: string): Change => ({ type: 'participant-state', id, state: 'connected', levels: [] });
const message = (id: string): Change => ({ type: 'message', message: { id, from: 'b', name: 'B', own: false, text: 't', time: 0 } });
const track = (id: string): TrackView => ({ id, source: 'camera', kind: 'video', live: true });

/** Every object of a snapshot, but for what the page or the browser made. */
function parts(value: unknown): object[] {
  if (typeof value !== 'object' || value === null || value instanceof Error) return [];
  return [value, ...Object.values(value).flatMap(parts)];
}

describe('reduce', () => {
  const states: readonly [what: string, changes: Change[], state: RoomSnapshot['state'], id: string][] = [
    ['nothing', [], 'idle', ''],
    ['a join under way', [{ type: 'joining' }], 'joining', ''],
    ['a join', JOINED, 'joined', 'me'],
    ['a failed join', [{ type: 'joining' }, { type: 'join-failed', error }], 'idle', ''],
    ['a lost relay', [...JOINED, { type: 'relay-lost' }], 'reconnecting', 'me'],
    ['a relay lost twice', [...JOINED, { type: 'relay-lost' }, { type: 'relay-lost' }], 'reconnecting', 'me'],
    ['a relay that is back', [...JOINED, { type: 'relay-lost' }, { type: 'relay-back' }], 'joined', 'me'],
    ['a relay lost before the join', [{ type: 'joining' }, { type: 'relay-lost' }], 'joining', ''],
    ['a relay that is back after the leave', [...JOINED, { type: 'left' }, { type: 'relay-back' }], 'idle', ''],
    ['a leave under way', [...JOINED, { type: 'leaving' }], 'leaving', 'me'],
    ['a leave', [...JOINED, { type: 'leaving' }, { type: 'left' }], 'idle', ''],
    ['a knock', [{ type: 'joining' }, { type: 'waiting' }], 'waiting', ''],
    ['a knock over a lost relay', [{ type: 'joining' }, { type: 'waiting' }, { type: 'relay-lost' }, { type: 'waiting' }], 'waiting', ''],
    ['an admission', [{ type: 'joining' }, { type: 'waiting' }, { type: 'joined', id: 'me' }], 'joined', 'me'],
    ['a knock that was refused', [{ type: 'joining' }, { type: 'waiting' }, { type: 'join-failed', error }], 'idle', ''],
    ['a knock given up', [{ type: 'joining' }, { type: 'waiting' }, { type: 'leaving' }, { type: 'left' }], 'idle', ''],
    ['a knock to come back', [...JOINED, { type: 'relay-lost' }, { type: 'waiting' }], 'reconnecting', 'me'],
    ['an end against one\'s will', [...JOINED, { type: 'ended', error }], 'idle', ''],
  ];
  for (const [what, changes, state, id] of states) {
    it(`is ${state} after ${what}`, () => {
      const snapshot = after(...changes);
      assert.deepEqual([snapshot.state, snapshot.local.id], [state, id]);
    });
  }

  it('keeps why a join failed until the next one', () => {
    const failed: Change[] = [{ type: 'joining' }, { type: 'join-failed', error }];
    assert.equal(after(...failed).error, error);
    assert.equal('error' in after(...failed, { type: 'joining' }), false);
  });

  it('shows participants in the order of their announcement, each once', () => {
    const { participants } = after(...JOINED, announce('b'), announce('c'), connect('c'), announce('b', ' New\u202e name '));
    assert.deepEqual(participants.map(({ id, name, state }) => [id, name, state]), [['b', ' New\u202e name ', 'connecting'], ['c', 'c', 'connected']]);
  });

  it('leaves the others\' views the same objects', () => {
    const before = after(...JOINED, announce('b'), announce('c'));
    const next = reduce(before, connect('c'));
    assert.equal(next.participants[0], before.participants[0]);
    assert.notEqual(next.participants[1], before.participants[1]);
    assert.equal(next.local, before.local);
  });

  it('keeps state and tracks of someone who is announced again', () => {
    const tracks = [track('1')];
    const { participants: [b] } = after(...JOINED, announce('b'), connect('b'), { type: 'participant-tracks', id: 'b', tracks }, announce('b'));
    assert.deepEqual([b?.state, b?.tracks], ['connected', tracks]);
  });

  it('changes nothing for who is not here', () => {
    const before = after(...JOINED, announce('b'));
    for (const change of [connect('x'), { type: 'participant-tracks', id: 'x', tracks: [] }] satisfies Change[]) assert.equal(reduce(before, change), before);
    assert.equal(reduce(before, { type: 'error', error }), before);
  });

  it('takes what the relay says of us whole, at each join and return, and keeps none of it outside', () => {
    const standing = { name: 'Dr Ada', roles: ['host'], host: true, locked: true, knocks: [{ id: 'k', name: 'Kim' }] };
    const of = ({ local: { name, roles, host }, locked, knocks }: RoomSnapshot) => ({ name, roles, host, locked, knocks });
    const inside = after({ type: 'joining' }, { type: 'joined', id: 'me', standing });
    assert.deepEqual(of(inside), standing);
    const guest = { roles: [], host: false, locked: false, knocks: [] };
    assert.deepEqual(of(reduce(reduce(inside, { type: 'relay-lost' }), { type: 'relay-back' })), { name: 'Dr Ada', ...guest });
    for (const end of [{ type: 'left' }, { type: 'ended', error }] satisfies Change[]) {
      assert.deepEqual(of(reduce(inside, end)), { name: 'Dr Ada', ...guest });
    }
  });

  it('keeps who knocks once, in the order they came, until it is settled', () => {
    const knock = (id: string): Change => ({ type: 'knock', knock: { id, name: id.toUpperCase() } });
    const ids = (...changes: Change[]) => after(...JOINED, ...changes).knocks.map(({ id }) => id);
    assert.deepEqual(ids(knock('a'), knock('b'), knock('a')), ['b', 'a']);
    assert.deepEqual(ids(knock('a'), knock('b'), { type: 'knock-ended', id: 'a' }, { type: 'knock-ended', id: 'x' }), ['b']);
  });

  it('shows the roles that the relay announces, and none where it announces none', () => {
    const [b, c] = after(...JOINED, { type: 'participant-announced', id: 'b', name: 'b', kind: 'engine', roles: ['host'] }, announce('c')).participants;
    assert.deepEqual([b?.roles, c?.roles], [['host'], []]);
  });

  it('changes nothing for a lock that is as it was, or a wish', () => {
    const before = after(...JOINED);
    for (const change of [{ type: 'room-facts', locked: false }, { type: 'mute-asked', by: 'b', source: 'camera' }] satisfies Change[]) {
      assert.equal(reduce(before, change), before);
    }
    assert.equal(reduce(before, { type: 'room-facts', locked: true }).locked, true);
  });

  it('drops the reason with the state that had one', () => {
    const silent: Change = { type: 'participant-state', id: 'b', state: 'interrupted', levels: [], reason: 'silent' };
    assert.equal(after(announce('b'), silent).participants[0]?.reason, 'silent');
    assert.equal('reason' in (after(announce('b'), silent, connect('b')).participants[0] ?? {}), false);
  });

  it('keeps equal tracks the same objects, and the list when all are equal', () => {
    const before = after(announce('b'), { type: 'participant-tracks', id: 'b', tracks: [track('1'), track('2')] });
    const tracksOf = (snapshot: RoomSnapshot) => snapshot.participants[0]?.tracks;
    const same = reduce(before, { type: 'participant-tracks', id: 'b', tracks: [track('1'), track('2')] });
    assert.equal(tracksOf(same), tracksOf(before));
    const one = reduce(before, { type: 'participant-tracks', id: 'b', tracks: [track('1'), { ...track('2'), live: false }] });
    assert.equal(tracksOf(one)?.[0], tracksOf(before)?.[0]);
    assert.equal(tracksOf(one)?.[1]?.live, false);
  });

  it('forgets participants when it is left, and messages only when it becomes another room', () => {
    const left = after(...JOINED, announce('b'), message('1'), { type: 'left' });
    assert.deepEqual([left.participants, left.messages.length], [[], 1]);
    const messagesAfter = (change: Change) => reduce(left, change).messages.length;
    assert.equal(messagesAfter({ type: 'joining' }), 1);
    assert.deepEqual(['lobby', 'other'].map((name) => messagesAfter({ type: 'configured', name, displayName: '' })), [1, 0]);
  });

  it('freezes all that it makes, and changes nothing that it was given', () => {
    const all: Change[] = [
      { type: 'configured', name: 'other', displayName: 'B' }, { type: 'joining' }, { type: 'waiting' },
      { type: 'joined', id: 'me', standing: { roles: ['host'], host: true, locked: true, knocks: [{ id: 'k', name: 'Kim' }] } },
      { type: 'knock', knock: { id: 'l', name: 'Lee' } }, announce('b'), connect('b'), message('1'),
      { type: 'participant-tracks', id: 'b', tracks: [track('1')] }, { type: 'local-tracks', tracks: [track('2')] },
      { type: 'capture', source: 'camera', view: { state: 'on' } },
      { type: 'devices', devices: [Object.freeze({ deviceId: 'd', label: 'l', kind: 'audioinput' })] },
      { type: 'leaving' }, { type: 'left' },
    ];
    let snapshot = Object.freeze(start);
    for (const change of all) {
      // The store freezes the snapshot itself.
      snapshot = Object.freeze(reduce(snapshot, change));
      const soft = parts(snapshot).filter((part) => !Object.isFrozen(part));
      assert.deepEqual(soft, [], `after ${change.type}`);
    }
  });
});
