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

describe('a vouch in the hello', () => {
  const [old, now, next, other] = ['1', '2', '3', '4'].map((hash) => hash.repeat(43));
  const as = (vouch: string | undefined): PairView => ({ ...mine, peer: { ...mine.peer, vouch } });
  const saying = (vouchFrom: string) => ({ ...hello, vouchFrom });

  it('is the same at both ends, or shares one of two while it is renewed', () => {
    for (const [said, held] of [[now, now], [`${next} ${now}`, now], [now, `${next} ${now}`], [`${next} ${now}`, `${now} ${old}`], [`${now} `, undefined]]) {
      assert.equal(helloMismatch(saying(said ?? ''), as(held)), undefined, `${said} and ${held}`);
    }
  });

  it('differs where one was taken away, added, or put in another\'s place', () => {
    for (const [said, held] of [[now, undefined], ['', now], [now, other], [`${next} ${now}`, `${other} ${old}`], [now, ` ${other}`]]) {
      assert.equal(helloMismatch(saying(said ?? ''), as(held)), 'vouchFrom', `${said} and ${held}`);
    }
  });

  it('of mine is compared where the far end knows of vouches', () => {
    const view: PairView = { ...mine, self: { ...mine.self, vouch: now } };
    assert.equal(helloMismatch(hello, view), 'vouchTo');
    assert.equal(helloMismatch({ ...hello, vouchTo: now ?? '' }, view), undefined);
    assert.equal(helloMismatch({ ...hello, features: [] }, view), undefined);
  });
});

describe('makeHello', () => {
  it('survives the wire', () => {
    assert.deepEqual(parseHello(JSON.parse(JSON.stringify([hello])) as unknown[]), hello);
  });
});
