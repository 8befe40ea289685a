import assert from 'node:assert/strict';
import { beforeEach, describe, it, mock } from 'node:test';
import { Intake } from './intake.ts';

describe('Intake', () => {
  let nowMs: number;
  let intake: Intake;

  beforeEach(() => {
    mock.timers.reset();
    mock.restoreAll();
    nowMs = 0;
    mock.timers.enable({ apis: ['setInterval'] });
    mock.method(performance, 'now', () => nowMs);
    intake = new Intake({ perSecond: 1000, burst: 2000 }, new AbortController().signal);
  });

  const pass = (ms: number) => {
    for (const end = nowMs + ms; nowMs < end;) {
      nowMs += 100;
      mock.timers.tick(100);
    }
  };
  /** The page's one thread does something else: time goes on, and no timer runs. */
  const stand = (ms: number) => { nowMs += ms; };
  const taken = (of: number) => Array.from({ length: of }, () => intake.takes(1)).filter(Boolean).length;

  it('takes the stated burst and half as much again at once, then the rate', () => {
    assert.equal(taken(5_000), 3000);
    pass(1000);
    assert.equal(taken(5_000), 1500);
  });

  it('takes what an honest sender sent while this page stood still, whether its timer or the first message comes first', () => {
    for (const timerFirst of [true, false]) {
      stand(8000);
      if (timerFirst) mock.timers.tick(500);
      assert.ok(taken(2000 + 8000) >= 10_000, `the timer first: ${timerFirst}`);
      pass(10_000);
    }
  });

  it('takes no more after a standstill than can have been under way, and nothing twice', () => {
    stand(3_600_000);
    assert.equal(taken(30_000), 23_000);
    pass(10_000);
    assert.equal(taken(5_000), 3000);
  });
});
