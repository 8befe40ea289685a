import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { WaitingEnvelopes } from './waiting-envelopes.ts';

const signal = (candidate: string) => ({ candidate: { candidate } });

describe('WaitingEnvelopes', () => {
  it('keeps each one\'s in order, and gives them once', () => {
    const waiting = new WaitingEnvelopes();
    for (const [source, mid] of [['a', '1'], ['b', '2'], ['a', '3']] as const) waiting.add(source, signal(mid));
    assert.deepEqual(waiting.take('a'), [signal('1'), signal('3')]);
    assert.deepEqual(waiting.take('a'), []);
    assert.deepEqual(waiting.take('b'), [signal('2')]);
  });

  it('drops what nobody announced within two seconds', () => {
    let nowMs = 0;
    const clock = mock.method(performance, 'now', () => nowMs);
    try {
      const waiting = new WaitingEnvelopes();
      waiting.add('a', signal('old'));
      nowMs = 1999;
      waiting.add('a', signal('young'));
      nowMs = 2001;
      assert.deepEqual(waiting.take('a'), [signal('young')]);
    } finally {
      clock.mock.restore();
    }
  });

  it('holds 256 at most', () => {
    const waiting = new WaitingEnvelopes();
    for (let i = 0; i < 1000; i++) waiting.add('a', signal(String(i)));
    assert.equal(waiting.take('a').length, 256);
  });
});
