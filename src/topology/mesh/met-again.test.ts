import { Party } from '../../../test/support/guests.ts';
import { RecordedPc, recordPcs, stopRecording } from '../../../test/support/recorded-pcs.ts';
import { until } from '../../../test/support/until.ts';

/** What a mesh waits for before it meets someone whose pc closed. */
const RECONNECT_MS = 1000;

describe('two whose pc closed', () => {
  let party: Party;
  const { setTimeout } = globalThis;
  beforeEach(() => {
    recordPcs();
    party = new Party();
  });
  afterEach(() => {
    globalThis.setTimeout = setTimeout;
    party.close();
    stopRecording();
  });

  for (const which of [0, 1]) {
    it(`find each other again where one of them is late, closed at end ${which}`, async () => {
      await party.pair();
      let late: 'nobody' | 'waits' | 'over' = 'nobody';
      globalThis.setTimeout = ((work: () => void, ms?: number) => {
        if (ms !== RECONNECT_MS || late !== 'nobody') return setTimeout(work, ms);
        late = 'waits';
        return setTimeout(() => {
          late = 'over';
          work();
        }, 2 * RECONNECT_MS);
      }) as typeof setTimeout;
      RecordedPc.made[which]?.close();
      await until(() => late === 'over', 'the other one went first');
      await party.allMet();
    });
  }
});
