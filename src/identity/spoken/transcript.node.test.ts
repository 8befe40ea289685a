import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { wordsOf } from './code.ts';
import { commitment, epochKey, inOrder } from './transcript.ts';
import type { Epoch, Subject } from './transcript.ts';

const EPOCH: Epoch = { scope: 'room', room: 'room-1', number: 7 };
const A: Subject = { id: 'peerA', sub: 'alice', fp: new Uint8Array(32).fill(0xa1) };
const B: Subject = { id: 'peerB', sub: 'bob', fp: new Uint8Array(32).fill(0xb2) };
const NONCE_A = new Uint8Array(32).fill(1);
const NONCE_B = new Uint8Array(32).fill(2);
const DRAWN = [{ ...A, nonce: NONCE_A }, { ...B, nonce: NONCE_B }];
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the test vector of the spoken code', () => {
  it('commits', async () => {
    assert.equal(hex(await commitment(EPOCH, A, NONCE_A)), 'eac71dc94cbb56565221975caaf28c888b979a99a92fa74e8e477428cf29e803');
    assert.equal(hex(await commitment(EPOCH, B, NONCE_B)), '474ceecf0827a05838bdfe55ab4b6d127935b94888602056acbd769bcf99dba2');
  });

  it('agrees on a key, and on the words of it', async () => {
    const key = await epochKey(EPOCH, DRAWN);
    assert.equal(hex(key), 'a5bffb90962fa28e2d7bd653071ff71c3bec0d6fe1b8cf49e6a3404b23b130b8');
    assert.deepEqual(await wordsOf(key), { emoji: [21, 8, 1, 28, 47, 6, 15], numbers: [3007, 6748, 7018] });
  });
});

describe('epochKey', () => {
  it('differs with everything that goes into it', async () => {
    const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
    const other: Promise<Uint8Array>[] = [
      epochKey({ ...EPOCH, scope: 'pair' }, DRAWN), epochKey({ ...EPOCH, room: 'room-2' }, DRAWN), epochKey({ ...EPOCH, number: 8 }, DRAWN),
      epochKey(EPOCH, DRAWN.slice(0, 1)), epochKey(EPOCH, [...DRAWN].reverse()),
      // One text must not run into the next.
      epochKey(EPOCH, [{ ...DRAWN[0]!, id: 'peerAa', sub: 'lice' }, DRAWN[1]!]),
      ...[0, 17, 31].flatMap((at) => [
        epochKey(EPOCH, [DRAWN[0]!, { ...DRAWN[1]!, fp: flipped(B.fp, at) }]), epochKey(EPOCH, [DRAWN[0]!, { ...DRAWN[1]!, nonce: flipped(NONCE_B, at) }]),
      ]),
    ];
    const keys = (await Promise.all([epochKey(EPOCH, DRAWN), ...other])).map(hex);
    assert.equal(new Set(keys).size, keys.length);
  });
});

describe('wordsOf', () => {
  it('gives seven places in a table of 64, and three numbers of four digits, whatever the key', () => fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async (key) => {
      const { emoji, numbers } = await wordsOf(key);
      assert.ok(emoji.length === 7 && emoji.every((place) => Number.isInteger(place) && place >= 0 && place < 64));
      assert.ok(numbers.length === 3 && numbers.every((number) => number >= 1000 && number <= 9191));
    }), { numRuns: 50 },
  ));
});

describe('inOrder', () => {
  it('sorts by bytes, not by a language', () => {
    assert.deepEqual(inOrder(['b', 'a_', 'Z', 'a-', '9', 'aA']), ['9', 'Z', 'a-', 'aA', 'a_', 'b']);
  });
});
