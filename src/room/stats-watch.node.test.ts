import assert from 'node:assert/strict';
import { it, mock } from 'node:test';
import { initialSnapshot } from './reducer.ts';
import { StatsWatch } from './stats-watch.ts';
import type { Insight } from '../topology/topology.ts';
import type { ParticipantView } from './snapshot.ts';

it('StatsWatch goes on where a connection cannot be asked any more', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const end = new AbortController();
  let asked = 0;
  const insight: Insight = {
    statsOf: () => {
      asked++;
      return Promise.reject(new Error('closed'));
    },
    audioLevels: () => new Map(),
    iceServers: () => Promise.resolve([]),
  };
  const snapshot = { ...initialSnapshot('x', ''), participants: [{ id: 'a' } as ParticipantView] };
  new StatsWatch({ snapshot: () => snapshot, insight: () => insight })
    .add({ participant: undefined, intervalMs: 1000, listener: () => undefined }, end.signal);
  for (let poll = 1; poll <= 3; poll++) {
    await new Promise((resolve) => { setImmediate(resolve); });
    assert.equal(asked, poll);
    mock.timers.tick(1000);
  }
  end.abort();
  mock.timers.reset();
});
