import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RoomError } from '../shared/errors.ts';
import { initialSnapshot, reduce } from './reducer.ts';
import { eventsBetween } from './room-events.ts';
import type { Change } from './reducer.ts';
import type { RoomSnapshot, TrackView } from './snapshot.ts';

const error = new RoomError('replaced', 'Elsewhere.');
const announce: Change = { type: 'participant-announced', id: 'b', name: 'Bo', kind: 'engine' };
const become = (state: 'connecting' | 'connected' | 'interrupted'): Change => ({ type: 'participant-state', id: 'b', state, levels: [] });
const host = { host: true, locked: true, knocks: [{ id: 'k', name: 'Kim' }] };
const knock: Change = { type: 'knock', knock: { id: 'l', name: 'Lee' } };
const tracks = (...list: TrackView[]): Change => ({ type: 'participant-tracks', id: 'b', tracks: list });
const gone: Change = { type: 'participant-gone', id: 'b', reason: 'left' };
const line = (own: boolean, id = '1'): Change => ({ type: 'message', message: { id, from: 'b', name: 'Bo', own, text: 'hi', time: 0 } });
/** Plain data stands for what only a browser can make. */
const media = (id: string) => ({ id }) as MediaStreamTrack;
const camera = (track?: MediaStreamTrack, live = true): TrackView => ({ id: '0/camera', source: 'camera', kind: 'video', live, ...(track && { track }) });

const JOIN: Change[] = [{ type: 'joining' }, { type: 'joined', id: 'me' }];
const MET: Change[] = [...JOIN, announce, become('connected')];
const at = (changes: Change[]): RoomSnapshot => changes.reduce(reduce, initialSnapshot('lobby', 'Ada'));
/** What is told of the last change, in a line each. */
const told = (before: Change[], change: Change, reason = ''): string[] => {
  const snapshot = at(before);
  return eventsBetween(snapshot, reduce(snapshot, change), reason).map(({ type, payload }) => {
    const { state, id, reason: why, track, message, knock: asks, locked } = payload as {
      state?: string; id?: string; knock?: { name: string }; locked?: boolean; reason?: string; track?: TrackView; message?: { text: string };
    };
    return [type, state ?? id ?? why ?? track?.track?.id ?? message?.text ?? asks?.name ?? locked].filter((part) => part !== undefined).join(' ');
  });
};

describe('eventsBetween', () => {
  const one = media('one');
  const table: readonly [what: string, before: Change[], change: Change, reason: string, events: string[]][] = [
    ['a join', [{ type: 'joining' }], { type: 'joined', id: 'me' }, '', ['state-changed joined', 'joined me']],
    ['a lost relay', JOIN, { type: 'relay-lost' }, '', ['state-changed reconnecting']],
    ['a relay that is back, which is no second join', [...JOIN, { type: 'relay-lost' }], { type: 'relay-back' }, '', ['state-changed joined']],
    ['a join that failed, which is no leave', [{ type: 'joining' }], { type: 'join-failed', error }, 'join-failed', ['state-changed idle']],
    ['someone announced', JOIN, announce, '', []],
    ['someone connected', [...JOIN, announce], become('connected'), '', ['participant-joined']],
    ['someone silent', MET, become('interrupted'), 'silent', []],
    ['someone heard again', [...MET, become('interrupted')], become('connected'), '', []],
    ['someone gone who was never met', [...JOIN, announce], gone, 'left', []],
    ['someone gone', MET, gone, 'left', ['participant-left left']],
    ['someone gone who is not here', JOIN, gone, 'left', []],
    ['a track without media', MET, tracks(camera()), '', []],
    ['a track with media', MET, tracks(camera(one)), '', ['track-added one']],
    ['media for an announced track', [...MET, tracks(camera())], tracks(camera(one)), '', ['track-added one']],
    ['a track switched off', [...MET, tracks(camera(one))], tracks(camera(one, false)), '', []],
    ['a track taken back', [...MET, tracks(camera(one))], tracks(), '', ['track-removed one']],
    ['other media under the same track, as after a new pc', [...MET, tracks(camera(one))], tracks(camera(media('two'))), '',
      ['track-removed one', 'track-added two']],
    ['tracks of someone who was not met yet', [...JOIN, announce], tracks(camera(one)), '', []],
    ['someone met who has tracks', [...JOIN, announce, tracks(camera(one))], become('connected'), '', ['participant-joined', 'track-added one']],
    ['someone gone with tracks', [...MET, tracks(camera(one))], gone, 'silent', ['track-removed one', 'participant-left silent']],
    ['a leave with someone there', MET, { type: 'left' }, 'bye', ['state-changed idle', 'participant-left bye', 'left bye']],
    ['an end', MET, { type: 'ended', error }, 'replaced', ['state-changed idle', 'participant-left replaced', 'left replaced']],
    ['a line of another', MET, line(false), '', ['message-received hi']],
    ['a line of one\'s own', MET, line(true), '', []],
    ['a knock of one\'s own', [{ type: 'joining' }], { type: 'waiting' }, '', ['state-changed waiting']],
    ['an admission', [{ type: 'joining' }, { type: 'waiting' }], { type: 'joined', id: 'me' }, '', ['state-changed joined', 'joined me']],
    ['a knock that was refused, which is no leave', [{ type: 'joining' }, { type: 'waiting' }],
      { type: 'join-failed', error }, 'knock-refused', ['state-changed idle']],
    ['a host\'s join', [{ type: 'joining' }], { type: 'joined', id: 'me', standing: host }, '',
      ['state-changed joined', 'joined me', 'lock-changed true', 'knock Kim']],
    ['a knock', JOIN, knock, '', ['knock Lee']],
    ['a knock said twice', [...JOIN, knock], knock, '', []],
    ['a knock settled', [...JOIN, knock], { type: 'knock-ended', id: 'l' }, '', ['knock-ended Lee']],
    ['knocks settled while the relay was away', [...JOIN, knock, { type: 'relay-lost' }], { type: 'relay-back', standing: host }, '',
      ['state-changed joined', 'lock-changed true', 'knock Kim', 'knock-ended Lee']],
    ['a lock', JOIN, { type: 'room-facts', locked: true }, '', ['lock-changed true']],
    ['a leave of a locked room in which someone knocks', [{ type: 'joining' }, { type: 'joined', id: 'me', standing: host }], { type: 'left' }, 'bye',
      ['state-changed idle', 'left bye']],
    ['a former room\'s messages forgotten', [...MET, line(false), { type: 'left' }], { type: 'configured', name: 'x', displayName: '' }, '', []],
  ];
  for (const [what, before, change, reason, events] of table) {
    it(`tells of ${what}: ${events.join(', ') || 'nothing'}`, () => { assert.deepEqual(told(before, change, reason), events); });
  }

  it('hands over the last view of someone gone, with the reason', () => {
    const before = at([...MET, tracks(camera(one)), become('interrupted')]);
    const events = eventsBetween(before, reduce(before, gone), 'silent');
    const views = events.map(({ payload }) => 'participant' in payload && 'state' in payload.participant ? payload.participant : undefined);
    assert.deepEqual(views.map((view) => [view?.name, view?.state, view?.reason]), [['Bo', 'gone', 'silent'], ['Bo', 'gone', 'silent']]);
  });

  it('tells a line of another even when the list is full', () => {
    const full = Array.from({ length: 10_000 }, (_, i) => line(false, String(i)));
    assert.deepEqual(told([...MET, ...full], line(false, 'last')), ['message-received hi']);
  });

  it('tells no line that is only told of, nor the last one again where an earlier one comes', () => {
    const message = { id: '0', from: 'b', name: 'Bo', own: false, text: 'earlier', time: -1, toldBy: { id: 'b', name: 'Bo' } };
    assert.deepEqual(told([...MET, line(false)], { type: 'recalled', messages: [message] }), []);
    assert.deepEqual(told(MET, { type: 'recalled', messages: [message] }), []);
  });

  it('tells the error of an end against one\'s will', () => {
    const before = at(MET);
    const left = eventsBetween(before, reduce(before, { type: 'ended', error }), 'replaced').find(({ type }) => type === 'left');
    assert.deepEqual(left?.payload, { reason: 'replaced', error });
  });
});
