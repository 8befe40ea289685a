import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Budget } from './budget.ts';
import { Callers } from './callers.ts';
import { resolveLimits } from './limits.ts';

const SLOW = { perSecond: 0 };

describe('Budget', () => {
  it('is in debt by messages or by bytes, and tells for how long', () => {
    const budget = new Budget({ burst: 2, perSecond: 4 }, { burst: 100, perSecond: 10 }, 0);
    assert.deepEqual([budget.charge(10, 0), budget.charge(10, 0), budget.charge(10, 0)], [0, 0, 0.25]);
    assert.equal(budget.charge(100, 0), 3);
    assert.equal(budget.charge(0, 60_000), 0);
  });

  it('that never comes back is in debt for ever, but not when it is just used up', () => {
    const budget = new Budget({ burst: 1, ...SLOW }, { burst: 1, ...SLOW }, 0);
    assert.deepEqual([budget.charge(1, 0), budget.charge(0, 1)], [0, Infinity]);
  });

  it('that is taken from never goes into debt', () => {
    const message = fc.record({ bytes: fc.nat(300), waitMs: fc.nat(200) });
    fc.assert(fc.property(fc.array(message, { maxLength: 200 }), (messages) => {
      const budget = new Budget({ burst: 5, perSecond: 10 }, { burst: 1_000, perSecond: 500 }, 0);
      let [nowMs, count, bytes] = [0, 0, 0];
      for (const message of messages) {
        nowMs += message.waitMs;
        if (!budget.take(message.bytes, nowMs)) continue;
        count++;
        bytes += message.bytes;
      }
      assert.ok(count <= 5 + nowMs / 100 + 1e-6);
      assert.ok(bytes <= 1_000 + nowMs / 2 + 1e-6);
    }));
  });
});

describe('Callers', () => {
  const limits = resolveLimits(8, { addressJoins: { burst: 3, ...SLOW }, rooms: { burst: 2, ...SLOW } });

  it('count joins and different rooms of an address', () => {
    const caller = new Callers(limits).of('a');
    assert.deepEqual([1, 2, 3, 4].map(() => caller.mayJoin()), [true, true, true, false]);
    assert.deepEqual(['x', 'y', 'x', 'z', 'y'].map((room) => caller.mayEnter(room)), [true, true, true, false, true]);
  });

  it('remember those who have sockets, and as many others as there is place for', () => {
    const callers = new Callers(limits, 2);
    const held = callers.opened('a');
    for (const key of ['b', 'c', 'd', 'e']) callers.of(key);
    assert.equal(callers.of('a'), held);
    assert.equal(callers.size, 3);
    callers.closed('a');
    callers.closed('a');
    assert.equal(held.sockets, 0);
    assert.equal(callers.of('a'), held);
    assert.equal(callers.size, 2);
  });

  it('count sockets, whatever the order they come and go in', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.boolean()), { maxLength: 100 }), (steps) => {
      const callers = new Callers(limits, 1);
      const open = new Map<string, number>();
      for (const [key, opens] of steps) {
        const now = open.get(key) ?? 0;
        if (!opens && now === 0) continue;
        if (opens) callers.opened(key);
        else callers.closed(key);
        open.set(key, now + (opens ? 1 : -1));
        assert.equal(callers.of(key).sockets, open.get(key));
      }
      assert.ok(callers.size <= 4);
    }));
  });
});
