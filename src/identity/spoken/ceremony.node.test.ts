import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { randomFrom } from '../../../test/support/random.ts';
import { SimRoom, commitTo } from './ceremony.testing.ts';
import type { SimMember } from './ceremony.testing.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const sizes = fc.integer({ min: 2, max: 8 });

function roomOf(size: number, seed: number): { room: SimRoom; ids: string[]; all: SimMember[] } {
  const ids = NAMES.slice(0, size);
  const room = new SimRoom(ids, randomFrom(seed));
  return { room, ids, all: [...room.members.values()] };
}

/** The promise that everything stands on: at each reveal, the commitments of all others to this epoch had been heard. */
function revealsOnlyWhenHeld({ ceremony: _, id, trace }: SimMember, ids: readonly string[]): boolean {
  return trace.every((event, at) => {
    if (!('told' in event) || event.told.what !== 'reveal') return true;
    const held = new Set(trace.slice(0, at).flatMap((before) => ('heard' in before && before.heard.type === 'commit'
      && before.heard.epoch === event.told.epoch ? [before.heard.from] : [])));
    return ids.every((other) => other === id || held.has(other));
  });
}

describe('Ceremony', () => {
  it('gives everyone one code, in any order, with two words to each of the others', () => {
    fc.assert(fc.property(sizes, seeds, (size, seed) => {
      const { room, ids, all } = roomOf(size, seed);
      for (const id of ids) room.take(id, { type: 'begin' });
      room.settle();
      assert.deepEqual(new Set(all.map(({ ceremony }) => ceremony.phase)), new Set(['ready']));
      assert.equal(new Set(all.map(({ code }) => code)).size, 1);
      assert.equal(room.sent, 2 * size * (size - 1));
      assert.ok(all.every((member) => revealsOnlyWhenHeld(member, ids)));
    }));
  });

  it('takes up what one of them begins, and what two begin at different times', () => {
    fc.assert(fc.property(sizes, seeds, fc.nat(20), (size, seed, delivered) => {
      const { room, ids, all } = roomOf(size, seed);
      room.take(ids[0]!, { type: 'begin' });
      for (let i = 0; i < delivered; i++) room.deliver();
      room.take(ids[size - 1]!, { type: 'begin' });
      room.settle();
      assert.equal(new Set(all.map(({ code }) => code)).size, 1);
      assert.ok(all.every(({ ceremony, code }) => ceremony.phase === 'ready' && code));
    }));
  });

  it('is ready after any losses, once what was told last has been repeated or tried again', () => {
    fc.assert(fc.property(sizes, seeds, fc.array(fc.nat(30), { maxLength: 4 }), (size, seed, cuts) => {
      const { room, ids, all } = roomOf(size, seed);
      const random = randomFrom(seed + 1);
      const pick = () => ids[Math.floor(random() * size)]!;
      for (const id of ids) room.take(id, { type: 'begin' });
      for (const delivered of cuts) {
        for (let i = 0; i < delivered; i++) room.deliver();
        const [one, other] = [pick(), pick()];
        if (one === other) continue;
        room.cut(one, other);
        room.take(one, { type: 'reconnected', id: other });
        room.take(other, { type: 'reconnected', id: one });
      }
      room.settle();
      assert.ok(all.every(({ ceremony }) => ceremony.phase === 'ready'));
      assert.equal(new Set(all.map(({ code }) => code)).size, 1);
    }));
  });

  it('reveals nothing until everyone is bound, whatever a member says, and takes only what was committed to', () => {
    const words = fc.array(fc.record({
      to: fc.constantFrom('a', 'b'), what: fc.constantFrom<'commit' | 'reveal'>('commit', 'reveal'), epoch: fc.integer({ min: 1, max: 30 }),
      value: fc.constantFrom('n1', 'n2', commitTo('x', 1, 'n1'), commitTo('x', 2, 'n2'), 'junk'), delivered: fc.nat(5), timeUp: fc.boolean(),
    }), { maxLength: 40 });
    fc.assert(fc.property(seeds, words, (seed, script) => {
      const ids = ['a', 'b', 'x'];
      const room = new SimRoom(ids, randomFrom(seed));
      room.members.delete('x'); // Says only what the script says.
      const all = [...room.members.values()];
      for (const id of ['a', 'b']) room.take(id, { type: 'begin' });
      for (const { delivered, timeUp, ...word } of script) {
        room.say('x', word);
        for (let i = 0; i < delivered; i++) room.deliver();
        if (timeUp) room.timeUp();
      }
      room.settle();
      for (const member of all) {
        assert.ok(revealsOnlyWhenHeld(member, ids));
        assert.ok(member.draws <= 3 + 8, 'the tries are bounded');
        const revealed = /x=(?<nonce>n\d)\b/.exec(member.code ?? '')?.groups?.['nonce'];
        if (revealed) assert.ok(member.trace.some((event) => 'heard' in event && event.heard.type === 'commit'
          && event.heard.value === commitTo('x', member.ceremony.epoch, revealed)), 'it was bound to what it revealed');
      }
    }), { numRuns: 300 });
  });

  it('warns when somebody reveals another number than they committed to, and nothing from outside takes the warning away', () => {
    const { room } = roomOf(2, 1);
    room.members.delete('b');
    const a = room.members.get('a')!;
    room.take('a', { type: 'begin' });
    room.say('b', { to: 'a', what: 'commit', epoch: 1, value: commitTo('b', 1, 'n1') });
    room.say('b', { to: 'a', what: 'reveal', epoch: 1, value: 'n2' });
    room.settle();
    assert.equal(a.ceremony.phase, 'mismatch');
    for (const epoch of [2, 3]) room.say('b', { to: 'a', what: 'commit', epoch, value: 'more' });
    room.settle();
    room.timeUp();
    assert.equal(a.ceremony.phase, 'mismatch');
    room.take('a', { type: 'begin' });
    // Above what the other has begun meanwhile: its commitment to that was not heard.
    assert.deepEqual([a.ceremony.phase, a.ceremony.epoch], ['committing', 4]);
  });

  it('tries three times for who is silent, then waits for somebody to ask, and knows for whom it waited', () => {
    const { room, all } = roomOf(3, 1);
    room.members.delete('c');
    for (const id of ['a', 'b']) room.take(id, { type: 'begin' });
    const phases: string[] = [];
    for (let i = 0; i < 4; i++) {
      room.settle();
      phases.push(all[0]!.ceremony.phase);
      room.timeUp();
    }
    assert.deepEqual(phases, ['committing', 'committing', 'committing', 'stalled']);
    assert.deepEqual(all[0]!.ceremony.missing, ['c']);
    room.take('a', { type: 'begin' });
    room.settle();
    assert.deepEqual(['a', 'b'].map((id) => room.members.get(id)!.ceremony.phase), ['committing', 'committing']);
  });

  it('refuses a number far above the highest it has seen', () => {
    const { room } = roomOf(2, 1);
    const a = room.members.get('a')!;
    for (const epoch of [10, 2 ** 31 - 1]) room.take('a', { type: 'commit', from: 'b', epoch, value: 'c' });
    assert.deepEqual([a.ceremony.epoch, a.ceremony.phase], [0, 'idle']);
    room.take('a', { type: 'commit', from: 'b', epoch: 8, value: 'c' });
    assert.equal(a.ceremony.epoch, 8);
  });
});
