import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { firstWindow, nextWindow } from './delay-window.ts';
import type { Round, Window } from './delay-window.ts';

const KIB = 1024;
const at = (window: Partial<Window>): Window => ({ ...firstWindow(0), pastBaseMs: 10, bytes: 512 * KIB, ...window });
const round = (seen: Partial<Round>): Round => ({ nowMs: 100, delayMs: 13, full: true, step: 32 * KIB, ...seen });

describe('nextWindow', () => {
  for (const [what, window, seen, kib] of [
    ['stays where what is under way waits as long as it may', {}, {}, 512],
    ['grows where it waits less', {}, { delayMs: 10 }, 640],
    ['shrinks where it waits longer', {}, { delayMs: 26 }, 384],
    ['shrinks to a half at most', {}, { delayMs: 1e9 }, 256],
    ['does not grow for who sends little', {}, { delayMs: 10, full: false }, 512],
    ['shrinks for who sends little', {}, { delayMs: 26, full: false }, 384],
    ['knows by the delay of before that a way got longer', { baseMs: 30, pastBaseMs: 13 }, { delayMs: 32 }, 384],
    ['is never below two acknowledgements', { bytes: 64 * KIB }, { delayMs: 100, step: 100 * KIB }, 200],
    ['heeds no more than 128 KiB of one', { bytes: 64 * KIB }, { delayMs: 100, step: 1024 * KIB }, 256],
    ['is never below 64 KiB', { bytes: 64 * KIB }, { delayMs: 1e9 }, 64],
    ['is never above 4 MiB', { bytes: 4096 * KIB }, { delayMs: 10 }, 4096],
    ['lets the way run empty from time to time', {}, { nowMs: 30_000 }, 64],
  ] as const) {
    it(what, () => { assert.equal(Math.round(nextWindow(at(window), round(seen)).bytes / KIB), kib); });
  }

  it('keeps the shortest delays of this time and of the one before', () => {
    let window = firstWindow(0);
    for (const [nowMs, delayMs] of [[1, 20], [2, 15], [3, 18], [30_001, 40], [30_002, 17]] as const) {
      window = nextWindow(window, round({ nowMs, delayMs }));
    }
    assert.deepEqual([window.baseMs, window.pastBaseMs, window.sinceMs], [17, 15, 30_001]);
  });
});

/** One window after the other over a way of `rate` bytes a ms. @returns the part of it that was used after 3 s, and what waited */
function over({ rate, wayMs, jitterMs = 0 }: { rate: number; wayMs: number; jitterMs?: number }): { used: number; waitedMs: number } {
  let window = firstWindow(0);
  let [nowMs, sent, fromMs, worstMs] = [0, 0, 0, 0];
  for (let n = 1; nowMs < 20_000; n++) {
    const underWayMs = Math.max(wayMs, window.bytes / rate);
    nowMs += underWayMs;
    if (nowMs > 3000) {
      fromMs ||= nowMs - underWayMs;
      sent += window.bytes;
      worstMs = Math.max(worstMs, underWayMs - wayMs);
    }
    window = nextWindow(window, round({ nowMs, delayMs: underWayMs + jitterMs * (n * 0.618 % 1) }));
  }
  return { used: sent / rate / (nowMs - fromMs), waitedMs: worstMs };
}

describe('a window that follows the delay', () => {
  for (const [name, way] of [
    ['in one room', { rate: 30_000, wayMs: 1 }], ['at home, 100 Mbit/s', { rate: 12_500, wayMs: 10 }],
    ['across a sea, 160 Mbit/s', { rate: 20_000, wayMs: 100 }], ['across a sea, shaking', { rate: 12_500, wayMs: 100, jitterMs: 2 }],
    ['around the world, 100 Mbit/s', { rate: 12_500, wayMs: 250 }],
  ] as const) {
    it(`uses the whole way and lets little wait: ${name}`, () => {
      const { used, waitedMs } = over(way);
      assert.ok(used > 0.95, `${used.toFixed(3)} of it was used.`);
      assert.ok(waitedMs < Math.max(8, way.wayMs / 4), `${waitedMs.toFixed(1)} ms were waited.`);
    });
  }
});
