import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { Owed } from './owed.ts';

const KIB = 1024;

/** What comes in messages of 4 KiB, so fast. @returns bytes of the acknowledgements, one after the other */
function paid(owed: Owed, bytesPerMs: number, ms: number): number[] {
  const steps: number[] = [];
  let step = 0;
  for (let came = 0; came < bytesPerMs * ms; came += 4 * KIB) {
    nowMs += 4 * KIB / bytesPerMs;
    owed.add(1, 4 * KIB);
    step += 4 * KIB;
    if (!owed.isMuch) continue;
    owed.clear();
    steps.push(step);
    step = 0;
  }
  return steps;
}

let nowMs = 0;
mock.method(performance, 'now', () => nowMs);

describe('Owed', () => {
  it('is much at 128 KiB, or 4096 messages, and nothing after it was paid', () => {
    const owed = new Owed(false);
    owed.add(1, 128 * KIB - 1);
    assert.deepEqual([owed.isSome, owed.isMuch], [true, false]);
    owed.add(1, 1);
    assert.ok(owed.isMuch);
    owed.clear();
    assert.deepEqual([owed.isSome, owed.isMuch], [false, false]);
    owed.add(4096, 0);
    assert.ok(owed.isMuch);
  });

  it('waits for the end of a message, however long', () => {
    const owed = new Owed(true);
    owed.add(0, 1024 * KIB);
    assert.ok(!owed.isMuch);
    owed.clear(); // Of what came before.
    owed.add(1, 0);
    assert.ok(owed.isMuch);
  });

  it('is much every 32 KiB for who measures by it, up to 500 times a second, and then more at a time', () => {
    const owed = new Owed(true);
    assert.deepEqual(new Set(paid(owed, 10 * KIB, 200)), new Set([32 * KIB]));
    const fast = paid(owed, 50 * KIB, 400);
    assert.equal(fast.at(-1), 100 * KIB);
    assert.ok(fast.every((step, i) => i === 0 || step <= 2 * (fast[i - 1] ?? 0)), fast.join());
    assert.equal(paid(owed, 1000 * KIB, 400).at(-1), 128 * KIB);
    assert.equal(paid(owed, 10 * KIB, 400).at(-1), 32 * KIB);
  });
});
