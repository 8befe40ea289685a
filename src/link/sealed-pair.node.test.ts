import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createLinkSecret } from '../room/link-secret.ts';
import { LinkKeys } from './link-keys.ts';
import { openNote, sealNote } from './sealed-note.ts';
import { OpeningEnd, SealingEnd } from './sealed-pair.ts';

const bytes = (fill: number) => new Uint8Array(16).fill(fill);
const key = async (keys: LinkKeys, from: string, to: string) =>
  keys.signalKey('room', { from, to, joinFrom: bytes(from.length), joinTo: bytes(to.length) });

async function pair() {
  const keys = await LinkKeys.from(createLinkSecret());
  return { sealing: new SealingEnd(key(keys, 'a', 'bb')), opening: new OpeningEnd(key(keys, 'a', 'bb')), keys };
}

/** One bit of the sealed bytes is another. */
function flip(sealed: string, at: number): string {
  const raw = Buffer.from(sealed, 'base64url');
  const i = at % raw.length;
  raw[i] = (raw[i] ?? 0) ^ 1;
  return raw.toString('base64url');
}

describe('a sealed direction', () => {
  it('brings what was sealed, in order, and goes on after a loss', async () => {
    const { sealing, opening } = await pair();
    const sealed = await Promise.all([1, { a: ['ü'] }, 3].map((value) => sealing.seal(value)));
    assert.deepEqual(await opening.open(sealed[0] ?? ''), 1);
    assert.deepEqual(await opening.open(sealed[2] ?? ''), 3);
    assert.equal(await opening.open(sealed[1] ?? ''), undefined, 'reordered');
    assert.equal(await opening.open(sealed[2] ?? ''), undefined, 'replayed');
  });

  it('opens nothing that was altered in a single bit, and nothing of the other direction', async () => {
    const { sealing, opening, keys } = await pair();
    await fc.assert(fc.asyncProperty(fc.json(), fc.nat(), async (text, at) => {
      assert.equal(await opening.open(flip(await sealing.seal(text), at)), undefined);
    }), { numRuns: 200 });
    assert.equal(await opening.open(await new SealingEnd(key(keys, 'bb', 'a')).seal(1)), undefined);
    assert.equal(await opening.open(await sealing.seal('still')), 'still');
  });

  it('takes any text without throwing', async () => {
    const { opening } = await pair();
    await fc.assert(fc.asyncProperty(fc.string(), async (text) => { assert.equal(await opening.open(text), undefined); }));
  });
});

describe('a sealed note', () => {
  it('opens for its room, its author and their join alone', async () => {
    const author = { room: 'r', id: 'ab', join: bytes(1) };
    const noteKey = await (await LinkKeys.from(createLinkSecret())).presenceKey();
    const sealed = await sealNote(noteKey, author, { name: 'Ada' });
    assert.deepEqual(await openNote(noteKey, author, sealed), { name: 'Ada' });
    for (const other of [{ id: 'abc' }, { room: 'ra', id: 'b' }, { room: '', id: 'rab' }, { join: bytes(2) }, { join: bytes(1).subarray(1) }]) {
      assert.equal(await openNote(noteKey, { ...author, ...other }, sealed), undefined, JSON.stringify(other));
    }
    const other = await (await LinkKeys.from(createLinkSecret())).presenceKey();
    assert.equal(await openNote(other, author, sealed), undefined);
    await fc.assert(fc.asyncProperty(fc.nat(), async (at) => {
      assert.equal(await openNote(noteKey, author, flip(sealed, at)), undefined);
    }), { numRuns: 100 });
  });
});
