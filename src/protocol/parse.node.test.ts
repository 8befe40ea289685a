import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import {
  parseAnnouncement, parseIceConfiguration, parseJoinRequest, parseJoined, parseLeaveRequest, parsePeerLeft, parseSource,
} from './parse.ts';
import { parseIncomingEnvelope, parseOutgoingEnvelope, parseSignal } from './parse-signal.ts';
import { cleanName, isEventName } from './primitives.ts';

const ID = 'abcDEF_-0123456789ab';
const FP = 'A'.repeat(43);
/** As it comes off the wire: `__proto__` is then a key like others. */
const wire = (json: string) => JSON.parse(json) as unknown;

describe('parseSignal', () => {
  const taken: readonly [what: string, signal: unknown][] = [
    ['an offer', { description: { type: 'offer', sdp: 'v=0' } }],
    ['an answer', { description: { type: 'answer', sdp: 'v=0' } }],
    ['a candidate', { candidate: { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u' } }],
    ['the end of candidates', { candidate: { candidate: '', sdpMid: null, sdpMLineIndex: null, usernameFragment: null } }],
    ['a stream question', { mid: 'stream' }],
    ['a sealed signal', { sealed: 'abc-_' }],
  ];
  for (const [what, signal] of taken) it(`takes ${what}`, () => { assert.deepEqual(parseSignal(signal), signal); });

  it('takes a stream answer into an object without a prototype', () => {
    const parsed = parseSignal(wire('{"mid":"s","events":{"camera":["[RTCIOStream] s"],"__proto__":["x"],"constructor":[]}}')) as { events: object };
    assert.equal(Object.getPrototypeOf(parsed.events), null);
    assert.deepEqual(Object.entries(parsed.events), [['camera', ['[RTCIOStream] s']], ['__proto__', ['x']], ['constructor', []]]);
  });

  it('leaves behind what nobody asked for', () => {
    assert.deepEqual(parseSignal({ description: { type: 'offer', sdp: 'v=0', extra: 1, __proto__: { x: 1 } } }),
      { description: { type: 'offer', sdp: 'v=0' } });
    assert.deepEqual(parseSignal(wire('{"candidate":{"candidate":"c","__proto__":{"sdpMid":"9"},"constructor":1}}')), {
      candidate: { candidate: 'c', sdpMid: null, sdpMLineIndex: null, usernameFragment: null },
    });
  });

  const description = { type: 'offer', sdp: 'v=0' };
  const candidate = { candidate: 'c', sdpMid: '0' };
  const refused: readonly [what: string, signal: unknown][] = [
    ['nothing', undefined], ['null', null], ['a text', 'x'], ['a number', 1], ['a list', []], ['a list of one', [{ mid: 's' }]], ['bytes', new Uint8Array(2)],
    ['an empty object', {}], ['an unknown shape', { offer: description }],
    ['two shapes at once', { description, candidate }], ['a question with a candidate', { mid: 's', candidate }],
    ['a shape with something beside it', { description, extra: 1 }], ['an answer without a question', { events: {} }],
    ['one that is inherited', Object.create({ description }) as unknown], ['one under __proto__', wire('{"__proto__":{"mid":"s"}}')],
    ['keys that only look like two', { 'events,mid': 's' }],
    ['a rollback', { description: { type: 'rollback', sdp: '' } }], ['a provisional answer', { description: { type: 'pranswer', sdp: 'v=0' } }],
    ['a description without text', { description: { type: 'offer' } }], ['an empty one', { description: { type: 'offer', sdp: '' } }],
    ['one that is too long', { description: { type: 'offer', sdp: 'x'.repeat(65_537) } }], ['a list as text', { description: { type: 'offer', sdp: ['v=0'] } }],
    ['a list as type', { description: { type: ['offer'], sdp: 'v=0' } }],
    ['a candidate that is a text', { candidate: 'c' }], ['a long candidate', { candidate: { candidate: 'x'.repeat(1025) } }],
    ['a negative m-line', { candidate: { ...candidate, sdpMLineIndex: -1 } }], ['half an m-line', { candidate: { ...candidate, sdpMLineIndex: 0.5 } }],
    ['a large m-line', { candidate: { ...candidate, sdpMLineIndex: 65_536 } }], ['a number as mid', { candidate: { ...candidate, sdpMid: 0 } }],
    ['a long ufrag', { candidate: { ...candidate, usernameFragment: 'x'.repeat(257) } }],
    ['an empty question', { mid: '' }], ['a long question', { mid: 'x'.repeat(129) }],
    ['an answer that is a list', { mid: 's', events: [] }], ['an answer with no lists', { mid: 's', events: { camera: 'x' } }],
    ['an answer with too many events', { mid: 's', events: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`e${i}`, []])) }],
    ['an answer with an empty name', { mid: 's', events: { '': [] } }],
    ['sealed emptiness', { sealed: '' }], ['padding', { sealed: 'ab==' }], ['too much', { sealed: 'x'.repeat(98_305) }],
  ];
  for (const [what, signal] of refused) it(`refuses ${what}`, () => { assert.equal(parseSignal(signal), undefined); });
});

describe('envelopes', () => {
  const data = { description: { type: 'offer', sdp: 'v=0' } };

  it('read the target on the way in and the source on the way out, and nothing else', () => {
    assert.deepEqual(parseOutgoingEnvelope({ target: ID, source: 'forged', data }), { target: ID, data });
    assert.deepEqual(parseIncomingEnvelope({ source: ID, target: 'x', data, extra: 1 }), { source: ID, data });
  });

  for (const id of [undefined, null, '', 1, [ID], 'x'.repeat(65), 'a b', 'a\n', '../x', 'ä']) {
    it(`refuse ${inspect(id)} as an id`, () => {
      assert.equal(parseOutgoingEnvelope({ target: id, data }), undefined);
      assert.equal(parseIncomingEnvelope({ source: id, data }), undefined);
      assert.equal(parseSource({ id }), undefined);
      assert.equal(parseAnnouncement({ id }), undefined);
      assert.equal(parseJoined({ id }), undefined);
    });
  }
});

describe('parseJoinRequest', () => {
  it('takes what an rtc.io client sends', () => {
    assert.deepEqual(parseJoinRequest({ roomId: 'lobby', name: 'Ada', id: 'x' }), { roomId: 'lobby', name: 'Ada' });
    assert.deepEqual(parseJoinRequest({ roomId: 'lobby', name: null }), { roomId: 'lobby' });
  });

  it('takes what our engine sends', () => {
    const request = { roomId: 'r', name: 'Ada', engine: { v: 1 }, fp: FP, vouch: 'v', presence: '{}', resume: 't' };
    assert.deepEqual(parseJoinRequest({ ...request, engine: { v: 1, more: 2 }, extra: 1 }), request);
  });

  for (const roomId of [undefined, null, '', 1, {}, ['r'], 'a b', 'x'.repeat(65), '#r', 'r\n', '__proto__x!']) {
    it(`refuses ${inspect(roomId)} room`, () => { assert.equal(parseJoinRequest({ roomId }), 'invalid-room'); });
  }

  const bad: readonly unknown[] = [
    undefined, null, 'r', [], { roomId: 'r', name: 1 }, { roomId: 'r', name: 'x'.repeat(257) }, { roomId: 'r', engine: 1 }, { roomId: 'r', engine: { v: 0 } },
    { roomId: 'r', engine: { v: '1' } }, { roomId: 'r', fp: 'A' }, { roomId: 'r', fp: `${'A'.repeat(42)}=` }, { roomId: 'r', vouch: 'x'.repeat(2773) },
    { roomId: 'r', presence: {} }, { roomId: 'r', presence: 'x'.repeat(1025) }, { roomId: 'r', resume: 'x'.repeat(513) }, { roomId: 'r', resume: 1 },
  ];
  for (const body of bad) it(`refuses ${inspect(body).slice(0, 50)}`, () => { assert.equal(parseJoinRequest(body), 'invalid-message'); });

  it('reads own keys only', () => {
    assert.equal(parseJoinRequest(wire('{"__proto__":{"roomId":"r"}}')), 'invalid-room');
    assert.deepEqual(parseJoinRequest(wire('{"roomId":"r","__proto__":{"name":"x"}}')), { roomId: 'r' });
  });
});

describe('what the relay tells', () => {
  it('is read field by field', () => {
    assert.deepEqual(parseAnnouncement({ id: ID, name: ' A  b ', engine: { v: 2, x: 1 }, fp: FP, resumed: true, x: 1 }),
      { id: ID, name: 'A b', engine: { v: 2 }, fp: FP, resumed: true });
    assert.deepEqual(parseAnnouncement({ id: ID, resumed: 'yes' }), { id: ID });
    assert.deepEqual(parsePeerLeft({ id: ID, reason: 'leave' }), { id: ID, reason: 'leave' });
    assert.deepEqual(parsePeerLeft({ id: ID, reason: {} }), { id: ID, reason: undefined });
    assert.deepEqual(parseLeaveRequest({ roomId: 'r', id: 1 }), { roomId: 'r' });
    assert.equal(parseSource({ source: ID }, 'source'), ID);
  });

  it('is a roster, of which an entry that is none is left out', () => {
    assert.deepEqual(parseJoined({ id: ID, participants: [{ id: ID }, null, { id: '' }, 'x'], iceServers: 'none', resume: 'r', x: 1 }), {
      id: ID, resume: 'r', iceServers: [], participants: [{ id: ID }],
    });
  });

  it('names ICE servers, of which one that is none is left out', () => {
    const turn = { urls: ['turn:a', 'turns:b'], username: 'u', credential: 'c' };
    const iceServers = [turn, { urls: 'stun:c' }, { urls: 'http://x' }, { urls: [] }, { urls: ['stun:d', 1] }, {}, null];
    assert.deepEqual(parseIceConfiguration({ iceServers, stunPort: 3478, expiresAt: 1 }), {
      iceServers: [turn, { urls: ['stun:c'] }], stunPort: 3478, expiresAt: 1,
    });
    assert.deepEqual(parseIceConfiguration({ stunPort: 0, expiresAt: '1' }), { iceServers: [] });
    assert.deepEqual(parseIceConfiguration(undefined), { iceServers: [] });
  });
});

describe('cleanName', () => {
  const table: readonly [name: string, clean: string][] = [
    ['  Ada   Lovelace\n', 'Ada Lovelace'], ['', ''], ['\u202eevil\u202c', 'evil'], ['a\u200bb', 'a b'], ['a\u0000b', 'a b'], ['\u3164\uffa0\u115f', ''],
    ['e\u0301', '\u00e9'], ['👩\u200d💻', '👩\u200d💻'], ['\ud800x', 'x'], ['x'.repeat(100), 'x'.repeat(64)],
    [`${'x'.repeat(63)}😀`, 'x'.repeat(63)], [`${'x'.repeat(63)} y`, 'x'.repeat(63)],
  ];
  for (const [name, clean] of table) it(`makes ${JSON.stringify(clean).slice(0, 20)} of ${JSON.stringify(name).slice(0, 40)}`, () => { assert.equal(cleanName(name), clean); });

  it('changes nothing the second time, and never leaves half a character', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      const clean = cleanName(name);
      assert.ok(clean.length <= 64);
      assert.equal(cleanName(clean), clean);
      assert.doesNotThrow(() => encodeURIComponent(clean));
    }));
  });
});

describe('isEventName', () => {
  it('takes a word of an app', () => {
    assert.deepEqual(['chat', 'x'.repeat(128), '__proto__'].map(isEventName), [true, true, true]);
    assert.deepEqual(['', 'x'.repeat(129), '#rtcio:x', 1, null, ['chat']].map(isEventName), [false, false, false, false, false, false]);
  });
});

describe('all of them', () => {
  const parsers = {
    parseSignal, parseOutgoingEnvelope, parseIncomingEnvelope, parseJoinRequest, parseLeaveRequest,
    parseAnnouncement, parsePeerLeft, parseIceConfiguration, parseJoined, parseSource,
  };
  const words = fc.constantFrom(
    'id', 'roomId', 'name', 'engine', 'v', 'fp', 'data', 'source', 'target', 'description', 'type', 'sdp', 'candidate', 'mid',
    'events', 'sealed', 'participants',
    'iceServers', 'urls', '__proto__', 'constructor', 'prototype', 'toString',
  );
  const values = fc.anything({ key: fc.oneof(words, fc.string()), withBigInt: true, withDate: true, withMap: true,
    withTypedArray: true, withNullPrototype: true, maxDepth: 4 });
  const seen = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));

  for (const [name, parse] of Object.entries(parsers)) {
    it(`${name} throws at nothing and touches nothing`, () => {
      fc.assert(fc.property(values, (value) => { parse(value); }), { numRuns: 500 });
      assert.equal(JSON.stringify(Object.getOwnPropertyNames(Object.prototype)), seen);
    });
  }
});
