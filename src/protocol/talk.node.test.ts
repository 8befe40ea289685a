import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { MAX_HISTORY, isLineRef, newestLines, parseHistory, parseTalk } from './talk.ts';

describe('parseTalk', () => {
  it('takes who writes and what has arrived', () => {
    assert.deepEqual(parseTalk(['typing', true, 'more']), ['typing', true]);
    assert.deepEqual(parseTalk(['got', ['1', '2']]), ['got', ['1', '2']]);
  });

  const refused: readonly (readonly unknown[])[] = [
    [], ['typing'], ['typing', 1], ['got'], ['got', '1'], ['got', [1]], ['got', ['']], ['got', ['x'.repeat(65)]], ['got', Array<string>(65).fill('1')],
    ['constructor', true], [{}, true],
  ];
  for (const args of refused) it(`refuses ${inspect(args).slice(0, 40)}`, () => { assert.equal(parseTalk(args), undefined); });
});

describe('isLineRef', () => {
  it('is a participant and an id of theirs', () => {
    assert.ok(isLineRef('abc/1'));
    for (const value of ['abc', 'abc/', '/1', 'a b/1', '', 1, undefined, `a/${'x'.repeat(130)}`]) assert.ok(!isLineRef(value), String(value));
  });
});

describe('parseHistory', () => {
  const line = { id: '1', text: 'hi', agoMs: 5 };
  it('takes the lines that are some', () => {
    const bad = [null, 'x', {}, { ...line, id: '' }, { ...line, text: '' }, { ...line, text: 'x'.repeat(4001) }, { ...line, agoMs: -1 },
      { ...line, agoMs: Number.NaN }, { ...line, agoMs: 1e12 }, { ...line, from: 'a b', name: 'A' }, { ...line, from: 'a' }];
    const told = { ...line, from: 'a', name: ' A\u202e ', replyTo: 'b/1', own: true, toldBy: 1 };
    assert.deepEqual(parseHistory({ lines: [...bad, line, told, { ...line, replyTo: 'x' }] }),
      [line, { ...line, from: 'a', name: 'A', replyTo: 'b/1' }, line]);
    for (const answer of [undefined, null, [], {}, { lines: {} }]) assert.deepEqual(parseHistory(answer), []);
  });

  it('takes no more than an answer may hold, and of more the newest', () => {
    const many = Array.from({ length: 300 }, (_, i) => ({ ...line, id: String(i) }));
    assert.deepEqual([parseHistory({ lines: many }).length, parseHistory({ lines: many })[0]?.id], [MAX_HISTORY.lines, '100']);
    const long = Array.from({ length: 100 }, (_, i) => ({ ...line, id: String(i), text: 'ä'.repeat(4000) }));
    const taken = newestLines(long);
    assert.ok(JSON.stringify(taken).length <= MAX_HISTORY.chars);
    assert.deepEqual([taken.length, taken.at(-1)?.id], [16, '99']);
  });
});
