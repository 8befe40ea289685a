import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Store } from './store.ts';

const microtask = () => new Promise<void>((resolve) => { queueMicrotask(resolve); });

describe('Store', () => {
  it('tells once a microtask, with the last snapshot', async () => {
    const store = new Store({ n: 0 });
    const told: number[] = [];
    store.subscribe(({ n }) => told.push(n));
    for (let i = 0; i < 5; i++) store.update(({ n }) => ({ n: n + 1 }));
    assert.deepEqual([store.snapshot.n, told], [5, []]);
    await microtask();
    assert.deepEqual(told, [5]);
    store.update(() => ({ n: 9 }));
    await microtask();
    assert.deepEqual(told, [5, 9]);
  });

  it('tells nothing when nothing changed', async () => {
    const store = new Store({ n: 0 });
    const before = store.snapshot;
    store.subscribe(() => { assert.fail('nothing changed'); });
    store.update((same) => same);
    await microtask();
    assert.equal(store.snapshot, before);
  });

  it('tells of a change that a listener made, in the next microtask', async () => {
    const store = new Store({ n: 0 });
    const told: number[] = [];
    store.subscribe(({ n }) => { told.push(n); if (n < 3) store.update(() => ({ n: n + 1 })); });
    store.update(() => ({ n: 1 }));
    await microtask();
    await microtask();
    await microtask();
    assert.deepEqual(told, [1, 2, 3]);
  });

  it('freezes every snapshot', () => {
    const store = new Store({ n: 0 });
    assert.ok(Object.isFrozen(store.snapshot));
    store.update(() => ({ n: 1 }));
    assert.throws(() => { store.snapshot.n = 2; }, TypeError);
  });

  it('ends a subscription by its function and by its signal', async () => {
    const store = new Store({ n: 0 });
    const end = new AbortController();
    store.subscribe(() => { assert.fail('ended'); })();
    store.subscribe(() => { assert.fail('ended'); }, { signal: end.signal });
    end.abort();
    store.update(() => ({ n: 1 }));
    await microtask();
  });
});
