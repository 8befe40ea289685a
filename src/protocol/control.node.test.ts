import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import {
  CHANNEL, GOODBYE, HEARTBEAT, HELLO, REPLY, REQUEST, TRACKS, encodeEnvelope, isCounted, parseEnvelope, parseHello, parseTracks,
} from './control.ts';
import { MAX_CONTROL_CHARS } from './limits.ts';

describe('parseEnvelope', () => {
  it('reads what was written, anything that JSON holds', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 128 }), fc.array(fc.jsonValue(), { maxLength: 4 }), (event, args) => {
      const frame = encodeEnvelope(event, args);
      if (frame.length <= MAX_CONTROL_CHARS) assert.deepEqual(parseEnvelope(frame), JSON.parse(frame));
    }));
  });

  it('takes a frame without arguments', () => {
    assert.deepEqual(parseEnvelope('{"e":"x"}'), { e: 'x', d: [] });
    assert.deepEqual(parseEnvelope('{"e":"x","d":null,"z":1}'), { e: 'x', d: [] });
  });

  const refused: readonly unknown[] = [
    '', 'x', '{', 'null', '1', '"e"', '[]', '{}', '{"d":[]}', '{"e":""}', '{"e":1}', '{"e":["x"]}', '{"e":"x","d":{}}', '{"e":"x","d":"y"}',
    `{"e":"${'x'.repeat(129)}"}`, `{"e":"x","d":["${'x'.repeat(MAX_CONTROL_CHARS)}"]}`, '{"__proto__":{"e":"x"}}',
    undefined, null, 1, new ArrayBuffer(8), { e: 'x', d: [] },
  ];
  for (const frame of refused) it(`refuses ${String(frame).slice(0, 30)}`, () => { assert.equal(parseEnvelope(frame), undefined); });

  it('refuses a frame that is exactly one character too long, and takes one less', () => {
    const frame = (chars: number) => `{"e":"x","d":["${'y'.repeat(chars - 18)}"]}`;
    assert.equal(parseEnvelope(frame(MAX_CONTROL_CHARS + 1)), undefined);
    assert.equal(parseEnvelope(frame(MAX_CONTROL_CHARS))?.e, 'x');
  });

  it('never throws, and never touches a prototype', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.anything()), (frame) => {
      const envelope = parseEnvelope(frame);
      return envelope === undefined || (typeof envelope.e === 'string' && Array.isArray(envelope.d));
    }));
    parseEnvelope('{"e":"x","d":[{"__proto__":{"polluted":1}}]}');
    assert.equal(({} as { polluted?: number }).polluted, undefined);
  });
});

describe('encodeEnvelope', () => {
  it('refuses what JSON cannot hold', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    for (const value of [cycle, 1n]) assert.throws(() => encodeEnvelope('x', [value]), { code: 'unserializable' });
  });
});

describe('parseHello', () => {
  const hello = {
    v: 1, features: ['a'], limits: { frameChars: 20_000, eventsPerSecond: 200, eventsBurst: 300, eventBytes: 70_000 },
    room: 'r', from: 'a', to: 'b', fpFrom: 'A', fpTo: 'B', vouchFrom: '', vouchTo: '',
  };

  it('copies what it knows, and nothing else', () => {
    assert.deepEqual(parseHello([{ ...hello, more: 1 }, 'second']), hello);
  });

  it('reads a bounded list of features, and none of what is no list', () => {
    const features = (value: unknown) => parseHello([{ ...hello, features: value }])?.features;
    assert.deepEqual(features(['a', 1, '', 'x'.repeat(65), null, 'b']), ['a', 'b']);
    assert.equal(features(Array.from({ length: 1000 }, (_, i) => `f${i}`))?.length, 32);
    for (const value of [undefined, null, 'a', { 0: 'a' }]) assert.deepEqual(features(value), []);
  });

  for (const key of Object.keys(hello).filter((one) => !['limits', 'features'].includes(one))) {
    it(`refuses one without ${key}, or with another kind of it`, () => {
      assert.equal(parseHello([{ ...hello, [key]: undefined }]), undefined);
      assert.equal(parseHello([{ ...hello, [key]: {} }]), undefined);
      assert.equal(parseHello([{ ...hello, [key]: 'x'.repeat(129) }]), undefined);
    });
  }

  for (const args of [[], [null], ['x'], [[]], [1]]) it(`refuses ${JSON.stringify(args)}`, () => { assert.equal(parseHello(args), undefined); });

  it('takes the least an engine states where less, or nothing, or no number is stated', () => {
    const usual = { frameChars: 16_384, eventsPerSecond: 100, eventsBurst: 200, eventBytes: 65_536 };
    const odd = { frameChars: { toString: 1 }, eventsPerSecond: -1, eventsBurst: 'many' };
    for (const limits of [undefined, null, [], {}, odd]) assert.deepEqual(parseHello([{ ...hello, limits }])?.limits, usual);
    assert.deepEqual(parseHello(JSON.parse(`[${JSON.stringify(hello).replace('20000', '1e999')}]`) as unknown[])?.limits.frameChars, 2 ** 30);
  });
});

describe('the progress in a hello', () => {
  const texts = { room: 'r', from: 'a', to: 'b', fpFrom: 'A', fpTo: 'B', vouchFrom: '', vouchTo: '' };
  const read = (progress: unknown) => parseHello([{ v: 1, ...texts, progress }])?.progress;

  it('is read where it is whole, and else as if it were not there', () => {
    assert.deepEqual(read({ id: 'x', of: '', got: 0, more: 1 }), { id: 'x', of: '', got: 0 });
    const whole = { id: 'x', of: 'y', got: 1 };
    const broken = [{ id: '' }, { id: 1 }, { of: null }, { of: 'y'.repeat(65) }, { got: -1 }, { got: 1.5 }, { got: '1' }, { got: 2 ** 53 }];
    for (const part of broken) assert.equal(read({ ...whole, ...part }), undefined);
    for (const value of [undefined, null, 1, 'x', [], [whole]]) assert.equal(read(value), undefined);
  });
});

describe('isCounted', () => {
  const rows: readonly [string, boolean][] = [
    ['x', true], [REQUEST, true], [REPLY, true], [HELLO, false], [HEARTBEAT, false], [TRACKS, false], [CHANNEL, false], [GOODBYE, false],
    [`${REQUEST}s`, false],
  ];
  for (const [name, counted] of rows) {
    it(`${counted ? 'counts' : 'does not count'} ${name}`, () => { assert.equal(isCounted(encodeEnvelope(name, [1])), counted); });
  }
  it('counts what is no envelope: both ends count what came, not what it means', () => { assert.equal(isCounted('{'), true); });
});

describe('parseTracks', () => {
  it('copies what it knows, and nothing else', () => {
    assert.deepEqual(parseTracks([[{ mid: '0', source: 'camera', live: true, x: 1 }, { mid: '1', source: 's', metadata: { a: 1 } }]]), [
      { mid: '0', source: 'camera', live: true }, { mid: '1', source: 's', live: false, metadata: { a: 1 } },
    ]);
    assert.deepEqual(parseTracks([[]]), []);
  });

  const one = { mid: '0', source: 'camera', live: true };
  const refused: readonly unknown[] = [
    undefined, null, {}, 'x', [null], [[]], ['0'], [{}], [{ ...one, mid: '' }], [{ ...one, mid: 0 }], [{ ...one, source: '' }],
    [{ ...one, source: 'x'.repeat(65) }], Array.from({ length: 33 }, () => one), [one, { ...one, mid: null }],
  ];
  for (const list of refused) {
    it(`refuses ${inspect(list).slice(0, 50)}`, () => { assert.equal(parseTracks([list]), undefined); });
  }
});

it('no parser ever throws', () => {
  fc.assert(fc.property(fc.array(fc.anything({ withNullPrototype: true, withBigInt: true, withMap: true })), (args) => {
    for (const parse of [parseHello, parseTracks]) parse(args);
  }));
});
