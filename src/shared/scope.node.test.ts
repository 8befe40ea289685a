import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it, mock } from 'node:test';
import { after, childScope, every, onEnd, within } from './scope.ts';

const listenersOf = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

describe('childScope', () => {
  it('ends with its parent, for the parent\'s reason', () => {
    const parent = new AbortController();
    const child = childScope(parent.signal);
    parent.abort('why');
    assert.deepEqual([child.signal.aborted, child.signal.reason], [true, 'why']);
    assert.equal(childScope(parent.signal).signal.reason, 'why');
  });

  it('ends alone and leaves nothing on its parent, a thousand times', () => {
    const parent = new AbortController();
    for (let i = 0; i < 1000; i++) childScope(parent.signal).abort();
    assert.deepEqual([parent.signal.aborted, listenersOf(parent.signal)], [false, 0]);
  });
});

describe('onEnd', () => {
  it('runs when the scope ends, at once when it has, and not when the other ended before', () => {
    const scope = new AbortController();
    const unless = new AbortController();
    const ran: string[] = [];
    onEnd(scope.signal, () => ran.push('in time'));
    onEnd(scope.signal, () => ran.push('never'), unless.signal);
    unless.abort();
    scope.abort();
    onEnd(scope.signal, () => ran.push('late'));
    assert.deepEqual(ran, ['in time', 'late']);
  });
});

describe('after and every', () => {
  it('fire while the scope lives and leave nothing behind', () => {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    try {
      const scope = new AbortController();
      const fired: string[] = [];
      after(100, scope.signal, () => fired.push('after'));
      after(100, scope.signal, () => fired.push('cancelled'))();
      const stop = every(100, scope.signal, () => fired.push('every'));
      mock.timers.tick(200);
      assert.deepEqual(fired, ['after', 'every', 'every']);
      stop();
      assert.equal(listenersOf(scope.signal), 0);
      after(100, scope.signal, () => fired.push('too late'));
      every(100, scope.signal, () => fired.push('too late'));
      scope.abort();
      after(0, scope.signal, () => fired.push('too late'));
      mock.timers.tick(1000);
      assert.deepEqual([fired.length, listenersOf(scope.signal)], [3, 0]);
    } finally {
      mock.timers.reset();
    }
  });
});

describe('within', () => {
  it('settles as the promise does and leaves nothing on the scope', async () => {
    const { signal } = new AbortController();
    assert.equal(await within(signal, Promise.resolve(1)), 1);
    await assert.rejects(within(signal, Promise.reject(new Error('no'))), /no/);
    assert.equal(listenersOf(signal), 0);
  });

  it('rejects with the scope\'s reason, whatever the promise does later', async () => {
    const scope = new AbortController();
    const never = within(scope.signal, new Promise(() => undefined));
    const fails = within(scope.signal, new Promise((_, reject) => { setImmediate(() => { reject(new Error('late')); }); }));
    const reason = new DOMException('enough', 'AbortError');
    scope.abort(reason);
    for (const promise of [never, fails, within(scope.signal, new Promise(() => undefined))]) {
      assert.equal(await promise.catch((error: unknown) => error), reason);
    }
    await new Promise((resolve) => { setImmediate(resolve); }); // An unhandled rejection would fail the test here.
  });
});
