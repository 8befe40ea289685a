import { expect } from '@open-wc/testing';
import { Party, present } from '../../../test/support/guests.ts';
import { until } from '../../../test/support/until.ts';

/** A relay that is over its limits drops an envelope without a break that anyone could notice. */
describe('MeshTopology, of whose envelopes one is lost', () => {
  for (const type of ['offer', 'answer'] as const) {
    it(`an ${type}: says it again`, async () => {
      const party = new Party();
      try {
        const [ada, bo] = await party.pair();
        const { relay } = party;
        const forward = relay.forward.bind(relay);
        let lost = 0;
        relay.forward = (source, target, data) => {
          if (lost === 0 && 'description' in data && data.description.type === type) lost++;
          else forward(source, target, data);
        };
        const { stream } = new AudioContext().createMediaStreamDestination();
        ada.room.publish({ source: 'sound', stream });
        await until(() => bo.room.snapshot.participants[0]?.tracks.some(({ track }) => track), 'the sound came');
        expect([lost, present(ada), present(bo)]).to.deep.equal([1, ['Bo'], ['Ada']]);
      } finally {
        party.close();
      }
    }).timeout(15_000);
  }
});
