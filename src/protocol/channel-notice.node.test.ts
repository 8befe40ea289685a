import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { parseChannelNotice } from './channel-notice.ts';

describe('parseChannelNotice', () => {
  it('takes a wish, a stream and a farewell', () => {
    assert.deepEqual(parseChannelNotice([{ name: 'x', open: true, wish: 3, z: 1 }]), { name: 'x', open: true, wish: 3 });
    assert.deepEqual(parseChannelNotice([{ name: 'x', open: true, id: 1023 }]), { name: 'x', open: true, wish: 0, id: 1023 });
    assert.deepEqual(parseChannelNotice([{ name: '__proto__', open: false }]), { name: '__proto__', open: false, wish: 0 });
  });

  it('takes a count with the wish it is of, and neither without the other', () => {
    const wish = { name: 'x', open: true, wish: 3 };
    assert.deepEqual(parseChannelNotice([{ ...wish, of: 2, got: 9 }]), { ...wish, of: 2, got: 9 });
    for (const part of [{ of: 2 }, { got: 9 }, { of: -1, got: 9 }, { of: 2, got: 1.5 }, { of: '2', got: 9 }]) {
      assert.deepEqual(parseChannelNotice([{ ...wish, ...part }]), wish);
    }
  });

  const refused: readonly unknown[] = [
    undefined, null, 'x', [], {}, { name: 'x' }, { open: true }, { name: '', open: true }, { name: 'x'.repeat(129), open: true }, { name: 'x', open: 1 },
    { name: 'x', open: true, wish: '1' }, { name: 'x', open: true, wish: null },
    ...[0, 1024, -1, 1.5, '1', null, Infinity].map((id) => ({ name: 'x', open: true, id })),
  ];
  for (const notice of refused) {
    it(`refuses ${inspect(notice).slice(0, 50)}`, () => { assert.equal(parseChannelNotice([notice]), undefined); });
  }

  it('never throws', () => {
    fc.assert(fc.property(fc.array(fc.anything({ withNullPrototype: true, withBigInt: true, withMap: true })), (args) => {
      parseChannelNotice(args);
    }));
  });
});
