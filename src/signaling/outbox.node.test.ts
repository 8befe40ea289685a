import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { Outbox } from './outbox.ts';

describe('Outbox', () => {
  let nowMs = 0;
  let scope: AbortController;
  let sent: { n: number; atMs: number; bytes: number }[];
  let outbox: Outbox<{ n: number; sdp: string }>;
  const message = (n: number, bytes: number) => ({ n, sdp: 'x'.repeat(bytes) });
  const pass = (ms: number) => {
    for (let i = 0; i < ms; i += 10) {
      nowMs += 10;
      mock.timers.tick(10);
    }
  };

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    nowMs = 0;
    mock.method(performance, 'now', () => nowMs);
    scope = new AbortController();
    sent = [];
    outbox = new Outbox(({ n, sdp }) => { sent.push({ n, atMs: nowMs, bytes: sdp.length }); }, scope.signal);
  });
  afterEach(() => {
    scope.abort();
    mock.timers.reset();
    mock.restoreAll();
  });

  it('lets a burst through at once', () => {
    for (let n = 0; n < 25; n++) outbox.push(message(n, 15_000), 'a');
    assert.deepEqual(sent.map(({ n }) => n), Array.from({ length: 25 }, (_, n) => n));
  });

  it('sends the rest in order, and stays below what a relay takes: 512 kB at once and 64 kB a second', () => {
    for (let n = 0; n < 60; n++) outbox.push(message(n, 15_000), 'a');
    pass(12_000);
    assert.deepEqual(sent.map(({ n }) => n), Array.from({ length: 60 }, (_, n) => n));
    let bytes = 0;
    for (const one of sent) {
      bytes += one.bytes;
      assert.ok(bytes <= 512_000 + 64 * one.atMs, `${bytes} bytes after ${one.atMs} ms`);
    }
  });

  it('does not say twice what still waits', () => {
    for (let n = 0; n < 30; n++) outbox.push(message(n, 15_000), 'a');
    const before = sent.length;
    for (let again = 0; again < 3; again++) outbox.push(message(29, 15_000), 'a');
    pass(3000);
    assert.deepEqual([before < 29, sent.length], [true, 30]);
    outbox.push(message(29, 15_000), 'a');
    assert.equal(sent.length, 31);
  });

  it('lets one who makes us say much hold nobody else up, and gives up what is said to them beyond a bound', () => {
    for (let n = 0; n < 1000; n++) outbox.push(message(n, 15_000), 'flooder');
    for (let n = 1000; n < 1003; n++) outbox.push(message(n, 5000), 'other');
    pass(3000);
    assert.deepEqual(sent.map(({ n }) => n).filter((n) => n >= 1000), [1000, 1001, 1002]);
    pass(400_000);
    assert.ok(sent.length < 400, `${sent.length} were kept`);
  });

  it('forgets what waits when the way is gone, and nothing after its scope', () => {
    for (let n = 0; n < 40; n++) outbox.push(message(n, 15_000), 'a');
    const before = sent.length;
    outbox.clear();
    pass(3000);
    assert.equal(sent.length, before);
    for (let n = 40; n < 80; n++) outbox.push(message(n, 15_000), 'a');
    scope.abort();
    const last = sent.length;
    pass(3000);
    assert.equal(sent.length, last);
  });
});
