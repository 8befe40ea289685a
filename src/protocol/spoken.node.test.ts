import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isParticipantId } from './primitives.ts';
import { encodeSpokenWord, parseSpokenWord } from './spoken.ts';

const VALUE = 'A'.repeat(43);
const words = fc.record({
  what: fc.constantFrom('commit' as const, 'reveal' as const), scope: fc.constantFrom('room' as const, 'pair' as const),
  epoch: fc.integer({ min: 1, max: 0x7fff_ffff }),
  of: fc.array(fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/), { minLength: 2, maxLength: 64 }), value: fc.constantFrom(VALUE, `${'z'.repeat(42)}8`),
}, { noNullPrototype: true });

describe('parseSpokenWord', () => {
  it('reads what was said, after the wire', () => {
    fc.assert(fc.property(words, (word) => {
      assert.deepEqual(parseSpokenWord(JSON.parse(JSON.stringify(encodeSpokenWord(word))) as unknown[]), word);
    }));
  });

  it('takes anything without throwing, and returns nothing of another shape', () => {
    const part = fc.oneof(
      fc.constantFrom('commit', 'reveal', 'room', 'pair', '__proto__', VALUE, 1, 0, -1, 2 ** 31, NaN, ['a', 'b'], ['a'], ['a', null]),
      fc.anything({ withNullPrototype: true, withBigInt: true }),
    );
    fc.assert(fc.property(fc.oneof(fc.array(part, { maxLength: 6 }), fc.tuple(
      fc.constantFrom('commit', 'reveal'), fc.constantFrom('room', 'pair'), part, part, part)), (args) => {
      const word = parseSpokenWord(args);
      if (!word) return;
      assert.ok(word.epoch >= 1 && word.epoch < 2 ** 31 && Number.isSafeInteger(word.epoch));
      assert.ok(word.of.length >= 2 && word.of.length <= 64 && word.of.every(isParticipantId));
      assert.match(word.value, /^[\w-]{43}$/);
    }), { numRuns: 1000 });
  });
});
