import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { KIND, MARK, kindOf } from '../protocol/packed-kind.ts';
import { encodeEvent } from './encode.ts';
import { Later } from './frame-queue.ts';
import { Unpacker, packBytes } from './packing.ts';
import type { Item, Packed } from './frame-queue.ts';

const MANY = 2 ** 24;
const bytes = (values: readonly number[]) => new Uint8Array(values);
const asArrayBuffer = (view: Uint8Array<ArrayBuffer>) => view.slice().buffer;

async function packed(item: Item): Promise<Packed> {
  assert.ok(item instanceof Later);
  return item.ready;
}

function unpacked({ frames }: Packed, maxBytes = MANY): unknown {
  const unpacker = new Unpacker(maxBytes);
  let result: unknown;
  for (const frame of frames) result = unpacker.take(asArrayBuffer(frame));
  return result;
}

const sent = async (args: readonly unknown[]) => (unpacked(await packed(encodeEvent('x', args, MANY))) as { d: unknown[] }).d;

const binary = fc.oneof(
  fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }).map((array) => array.slice().buffer), fc.float64Array({ maxLength: 5 }),
  fc.bigUint64Array({ maxLength: 5 }), fc.int16Array({ maxLength: 9 }).map((array) => new DataView(array.slice().buffer)),
);
const payload = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 }, binary, fc.jsonValue({ maxDepth: 1, noUnicodeString: false }), fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string().filter((key) => key !== '__proto__'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

describe('a packed event', () => {
  it('is what it was, binary values anywhere in it', async () => {
    await fc.assert(fc.asyncProperty(fc.array(payload, { maxLength: 3 }), async (args) => {
      const shapeOf = (value: unknown) => JSON.stringify(value, (_, inner: unknown) => isBinary(inner) ? 0 : inner);
      const got = await sent([...args, new ArrayBuffer(1)]);
      assert.equal(got.length, args.length + 1);
      assert.equal(shapeOf(got.slice(0, -1)), shapeOf(args));
      assert.deepEqual(binariesOf(got.slice(0, -1)), binariesOf(args));
    }));
  });

  it('has a copy of what it was given', async () => {
    const all = bytes([1, 2, 3, 4]);
    const item = encodeEvent('x', [all.subarray(1, 3)], MANY);
    all.fill(9);
    assert.deepEqual((unpacked(await packed(item)) as { d: unknown[] }).d, [bytes([2, 3])]);
  });

  it('goes in parts where it is long, with text and without', async () => {
    const long = 'ä€😀'.repeat(60_000);
    const big = new Uint8Array(100_000).map((_, i) => i * 7);
    for (const args of [[long], [long, big, { deep: [big.buffer] }]]) {
      const item = await packed(encodeEvent('x', args, MANY));
      assert.ok(item.frames.length > 5 && item.frames.every(({ byteLength }) => byteLength <= 16_400));
      assert.deepEqual((unpacked(item) as { d: unknown[] }).d, args);
    }
  });

  it('holds blobs', async () => {
    const [blob] = await sent([new Blob(['abc'], { type: 'text/plain' })]) as [Blob];
    assert.deepEqual([blob.type, await blob.text()], ['text/plain', 'abc']);
  });

  it('is a text where it needs not be packed', () => {
    assert.equal(encodeEvent('x', [{ a: [1, null, 'b'] }], MANY), '{"e":"x","d":[{"a":[1,null,"b"]}]}');
    const shared = { a: 1 };
    assert.equal(encodeEvent('x', [[shared, shared]], MANY), '{"e":"x","d":[[{"a":1},{"a":1}]]}');
  });

  it('is refused where it cannot be', async () => {
    const cycle: unknown[] = [new ArrayBuffer(1)];
    cycle.push(cycle);
    const loop: Record<string, unknown> = {};
    Object.assign(loop, { a: loop, b: loop, c: { loop } });
    for (const value of [cycle, loop, [1n, new ArrayBuffer(1)]]) assert.throws(() => encodeEvent('x', [value], MANY), { code: 'unserializable' });
    for (const value of [new Uint8Array(1001), 'x'.repeat(70_000)]) {
      assert.throws(() => encodeEvent('x', [value], 1000), { code: 'message-too-large' });
    }
    const unreadable = new Blob(['x']);
    unreadable.arrayBuffer = () => Promise.reject(new Error('gone'));
    await assert.rejects(packed(encodeEvent('x', [unreadable], MANY)), { code: 'unserializable' });
    await assert.rejects(packed(encodeEvent('x', Array.from({ length: 1025 }, () => new ArrayBuffer(0)), MANY)), { code: 'unserializable' });
  });
});

describe('bytes of an app', () => {
  it('are what they were, those too that begin as something packed does', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60_000 }), fc.boolean(), (data, marked) => {
      const all = marked ? bytes([...MARK, KIND.event, ...data]) : data;
      assert.deepEqual(new Uint8Array(unpacked(packBytes(all)) as ArrayBuffer), all);
    }), { numRuns: 50 });
    assert.equal(kindOf(bytes([...MARK])), undefined);
    assert.equal(kindOf(bytes([1, ...MARK, 2]).subarray(1)), KIND.event);
  });
});

describe('what is not as it should be', () => {
  const event = (head: unknown, tail: readonly number[], claimed?: number) => {
    const text = new TextEncoder().encode(typeof head === 'string' ? head : JSON.stringify(head));
    const length = claimed ?? text.byteLength;
    return bytes([...MARK, KIND.event, length >>> 24, length >>> 16, length >>> 8, length, ...text, ...tail]);
  };
  const take = (frame: Uint8Array<ArrayBuffer>) => new Unpacker(MANY).take(asArrayBuffer(frame));
  const whole = { e: 'x', d: [null, { a: null, 'b.c': null }], b: [[['0'], 'Uint8Array', 2]] };

  it('is taken where it is whole', () => { assert.deepEqual(take(event(whole, [1, 2])), { e: 'x', d: [bytes([1, 2]), { a: null, 'b.c': null }] }); });

  const places: readonly unknown[] = [
    null, {}, 'x', [null], [[]], [[['0'], 'Uint8Array']], [[['0'], 'Uint8Array', -1]], [[['0'], 'Uint8Array', 1.5]], [[['0'], 'Uint8Array', 3]],
    [[['0'], 'Uint8Array', 1]], [[['0'], 'Uint16Array', 1], [['1', 'a'], 'Uint8Array', 1]], [[['0'], 'Array', 2]], [[['0'], 'constructor', 2]],
    [[['0'], '__proto__', 2]], [[[], 'Uint8Array', 2]], [[[0], 'Uint8Array', 2]], [[['2'], 'Uint8Array', 2]], [[['length'], 'Uint8Array', 2]],
    [[['1', '__proto__'], 'Uint8Array', 2]], [[['1', 'constructor', 'prototype'], 'Uint8Array', 2]], [[['1', 'toString'], 'Uint8Array', 2]],
    [[['1'], 'Uint8Array', 2]], [[['0'], 'Uint8Array', 1], [['0'], 'Uint8Array', 1]], [[['0'], 'blob:'.padEnd(200, 'x'), 2]],
    [[Array.from({ length: 65 }, () => '0'), 'Uint8Array', 2]], Array.from({ length: 1025 }, () => [['0'], 'Uint8Array', 0]),
  ];
  for (const b of places) it(`is refused: ${JSON.stringify(b).slice(0, 60)}`, () => { assert.equal(take(event({ ...whole, b }, [1, 2])), undefined); });

  it('is refused where it ends early, or claims more than is there', () => {
    for (const frame of [event(whole, [1]), event(whole, [1, 2, 3]), event(whole, [1, 2], 2 ** 32 - 1), event(whole, [1, 2], 3), event('{', [])]) {
      assert.equal(take(frame), undefined);
    }
    for (let length = MARK.length + 1; length < 12; length++) assert.equal(take(event(whole, []).slice(0, length)), undefined);
    for (const kind of [5, 99, 255]) assert.equal(take(bytes([...MARK, kind, 1, 2])), undefined);
  });

  it('touches no prototype, and never throws', () => {
    take(event('{"e":"x","d":[{"__proto__":null}],"b":[[["0","__proto__"],"Uint8Array",2]]}', [1, 2]));
    assert.equal(Object.getPrototypeOf({}), Object.prototype);
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(6), fc.uint8Array({ maxLength: 60 })), { maxLength: 8 }), (frames) => {
      const unpacker = new Unpacker(100);
      for (const [kind, body] of frames) unpacker.take(bytes([...MARK, kind, ...body]).buffer);
    }));
    fc.assert(fc.property(fc.json(), fc.uint8Array({ maxLength: 20 }), (head, tail) => { take(event(head, [...tail])); }));
  });

  it('keeps no more than it may, and takes what comes after', () => {
    const unpacker = new Unpacker(100_000);
    const part = (kind: number, size: number) => asArrayBuffer(bytes([...MARK, kind, ...new Uint8Array(size)]));
    for (let i = 0; i < 20; i++) assert.equal(unpacker.take(part(KIND.more, 16_384)), undefined);
    assert.equal(unpacker.take(part(KIND.last, 10)), undefined);
    let last: unknown;
    for (const frame of packBytes(new Uint8Array(20_000)).frames) last = unpacker.take(asArrayBuffer(frame));
    assert.equal((last as ArrayBuffer).byteLength, 20_000);
  });
});

function isBinary(value: unknown): boolean {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

function binariesOf(value: unknown): unknown[] {
  if (isBinary(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(binariesOf) : [];
}
