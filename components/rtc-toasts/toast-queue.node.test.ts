import assert from 'node:assert/strict';
import { beforeEach, describe, it, mock } from 'node:test';
import { ToastQueue } from './toast-queue.ts';
import type { Toast } from './toast-queue.ts';

const toast = (id: string, more: Partial<Toast> = {}): Toast => ({ id, kind: 'x', say: () => id, ...more });

describe('ToastQueue', () => {
  let queue: ToastQueue;
  let changes: number;
  let nowMs: number;
  const shown = () => queue.toasts.map(({ id }) => id).join('');
  const pass = (ms: number) => { nowMs += ms; mock.timers.tick(ms); };

  beforeEach(() => {
    mock.timers.reset();
    mock.restoreAll();
    mock.timers.enable({ apis: ['setTimeout'] });
    nowMs = 0;
    mock.method(performance, 'now', () => nowMs);
    changes = 0;
    queue = new ToastQueue(() => { changes++; });
  });

  it('shows each for a while, longer where something can be done', () => {
    queue.show(toast('a'));
    queue.show(toast('b', { actions: () => [] }));
    queue.show(toast('c', { lasts: true }));
    pass(5999);
    assert.equal(shown(), 'abc');
    pass(1);
    assert.equal(shown(), 'bc');
    pass(6000);
    assert.equal(shown(), 'c');
    pass(3_600_000);
    assert.equal(shown(), 'c');
    queue.remove('c');
    assert.deepEqual([shown(), changes > 4], ['', true]);
  });

  it('stands still while it is paused, and gives a second at least after it', () => {
    queue.show(toast('a'));
    pass(5900);
    queue.pause(true);
    queue.show(toast('b'));
    pass(60_000);
    assert.equal(shown(), 'ab');
    queue.pause(false);
    pass(999);
    assert.equal(shown(), 'ab');
    pass(1);
    assert.equal(shown(), 'b');
  });

  it('has one of each id, and at most four, of which those that last stay', () => {
    queue.show(toast('o', { lasts: true }));
    for (const id of ['a', 'b', 'a', 'c', 'd']) queue.show(toast(id));
    assert.equal(shown(), 'oacd');
  });

  it('shows what passes beside four that last, and no longer than its time', () => {
    for (const id of 'opqr') queue.show(toast(id, { lasts: true }));
    queue.show(toast('a'));
    pass(5000);
    queue.remove('o');
    queue.show(toast('a'));
    pass(5999);
    assert.equal(shown(), 'pqra');
    pass(1);
    assert.equal(shown(), 'pqr');
  });
});
