import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LineWindow } from './line-window.ts';

const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => String(from + i));
const MOST = 160;

describe('LineWindow', () => {
  it('shows the newest, and all of a few', () => {
    const window = new LineWindow();
    assert.deepEqual(window.range(ids(0, 10_000)), { start: 9920, end: 10_000 });
    assert.deepEqual(window.range(ids(0, 5)), { start: 0, end: 5 });
    assert.deepEqual(window.range([]), { start: 0, end: 0 });
  });

  it('stays where it is held, whatever comes behind, before, or goes', () => {
    const window = new LineWindow();
    window.hold(ids(0, 1000));
    assert.deepEqual(window.range(ids(0, 2000)), { start: 920, end: 1000 });
    assert.deepEqual(window.range(ids(-10, 1000)), { start: 930, end: 1010 });
    assert.deepEqual(window.range(ids(500, 1500)), { start: 420, end: 500 });
    assert.equal(window.range(ids(950, 1500)).start, 0);
  });

  it('goes through all of them both ways, never showing more than it may', () => {
    const all = ids(0, 10_000);
    const window = new LineWindow();
    window.hold(all);
    const seen = new Set<number>();
    const look = () => {
      const { start, end } = window.range(all);
      assert.ok(end - start <= MOST && start >= 0 && end <= all.length);
      for (let i = start; i < end; i++) seen.add(i);
    };
    do look(); while (window.earlier(all));
    look();
    assert.deepEqual([seen.size, window.range(all).start], [10_000, 0]);
    seen.clear();
    do look(); while (window.later(all));
    look();
    assert.deepEqual([seen.size, window.range(all).end], [10_000, 10_000]);
    window.follow();
    assert.equal(window.range(all).start, 9920);
  });

  it('never goes past what somebody reads in one step', () => {
    const all = ids(0, 1000);
    const window = new LineWindow();
    window.hold(all);
    for (let before = window.range(all); window.earlier(all); before = window.range(all)) assert.ok(window.range(all).end > before.start);
    for (let before = window.range(all); window.later(all); before = window.range(all)) assert.ok(window.range(all).start < before.end);
  });

  it('goes to one that is out of it', () => {
    const window = new LineWindow();
    const all = ids(0, 1000);
    window.around('5', all);
    assert.ok(window.range(all).start <= 5 && window.range(all).end > 5);
    const before = window.range(all);
    window.around('6', all);
    window.around('nothing', all);
    assert.deepEqual(window.range(all), before);
  });
});
