import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseHello } from '../protocol/control.ts';
import { helloMismatch, makeHello } from './hello.ts';
import type { PairView } from './hello.ts';

const mine: PairView = { room: 'room', self: { id: 'a', fp: 'A'.repeat(43) }, peer: { id: 'b', fp: 'B'.repeat(43) } };
const theirs: PairView = { room: 'room', self: mine.peer, peer: mine.self };
const hello = makeHello(theirs);

describe('helloMismatch', () => {
  it('finds nothing where both see the same', () => {
    assert.equal(helloMismatch(hello, mine), undefined);
    assert.equal(helloMismatch(makeHello(mine), theirs), undefined);
  });

  for (const field of ['room', 'from', 'to', 'fpFrom', 'fpTo', 'vouchFrom', 'vouchTo'] as const) {
    for (const [what, value] of [['another', 'x'], ['an empty', ''], ['a longer', `${hello[field]}x`]] as const) {
      if (value === hello[field]) continue;
      it(`finds ${what} ${field}`, () => { assert.equal(helloMismatch({ ...hello, [field]: value }, mine), field); });
    }
  }

  it('finds a hello that is my own, sent back', () => {
    assert.equal(helloMismatch(makeHello(mine), mine), 'from');
  });
});

describe('makeHello', () => {
  it('survives the wire', () => {
    assert.deepEqual(parseHello(JSON.parse(JSON.stringify([hello])) as unknown[]), hello);
  });
});
