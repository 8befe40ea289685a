import assert from 'node:assert/strict';
import { beforeEach, describe, it, mock } from 'node:test';
import { PEER_LIMITS } from '../protocol/peer-limits.ts';
import { Conduct } from './conduct.ts';

describe('Conduct', () => {
  let nowMs: number;

  beforeEach(() => {
    mock.restoreAll();
    nowMs = 0;
    mock.method(performance, 'now', () => nowMs);
  });

  /** After how many of these it was enough; 0: it never was. */
  function enoughAfter(conduct: Conduct, reason: string, cost?: number): number {
    for (let i = 1; i <= 100_000; i++) if (conduct.strike(reason, cost)) return i;
    return 0;
  }

  for (const reason of ['malformed', 'reserved', 'early', 'in-band']) {
    it(`has enough of an engine after a hundred times "${reason}"`, () => {
      assert.equal(enoughAfter(new Conduct(PEER_LIMITS, 'engine'), reason), 101);
    });
  }

  it('forgives one a second', () => {
    const conduct = new Conduct(PEER_LIMITS, 'engine');
    for (let i = 0; i < 1000; i++) {
      nowMs += 1000;
      assert.equal(conduct.strike('malformed'), false);
    }
  });

  it('has enough of a flood after 20,000 events or 20 MB of it, of an rtc.io client too', () => {
    for (const kind of ['engine', 'rtcio'] as const) {
      assert.equal(enoughAfter(new Conduct(PEER_LIMITS, kind), 'rate', 1), 20_001);
      assert.equal(enoughAfter(new Conduct(PEER_LIMITS, kind), 'rate', 64), 313);
    }
  });

  it('never has enough of what may be nobody\'s fault, or what the relay could have said', () => {
    const conduct = new Conduct(PEER_LIMITS, 'engine');
    const forgiven = ['unanswered', 'requests', 'channel', 'stream', 'candidate', 'description', 'description refused: malformed'];
    for (const reason of forgiven) assert.equal(enoughAfter(conduct, reason), 0);
  });

  it('expects of an rtc.io client nothing that it was never told', () => {
    for (const reason of ['malformed', 'reserved', 'early']) assert.equal(enoughAfter(new Conduct(PEER_LIMITS, 'rtcio'), reason), 0);
  });

  it('looks at a hundred descriptions at once and ten a second, and at a tenth of them where each makes a pc', () => {
    for (const [rebuilds, burst, perSecond] of [[false, 100, 10], [true, 10, 1]] as const) {
      const conduct = new Conduct(PEER_LIMITS, 'engine');
      const looked = () => Array.from({ length: 200 }, () => conduct.describes(rebuilds)).filter(Boolean).length;
      assert.equal(looked(), burst);
      nowMs += 1000;
      assert.equal(looked(), perSecond);
    }
  });
});
