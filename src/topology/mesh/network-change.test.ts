import { expect } from '@open-wc/testing';
import { Party } from '../../../test/support/guests.ts';
import { RecordedPc, recordPcs, stopRecording } from '../../../test/support/recorded-pcs.ts';
import { until } from '../../../test/support/until.ts';
import type { Guest } from '../../../test/support/guests.ts';

const paths = () => RecordedPc.made.map(({ localDescription }) => /a=ice-ufrag:(.*)/.exec(localDescription?.sdp ?? '')?.[1]);

describe('a page that is back at the relay', () => {
  let party: Party;
  let ada: Guest;

  beforeEach(async () => {
    recordPcs();
    party = new Party();
    [ada] = await party.pair();
  });

  afterEach(() => {
    party.close();
    stopRecording();
  });

  const comesBack = () => {
    ada.signaling.break();
    ada.signaling.restore();
  };

  it('restarts ICE with everyone where it came into another network meanwhile, and only then', async () => {
    const before = paths();
    comesBack();
    await until(() => ada.room.snapshot.state === 'joined', 'it is back');
    await new Promise((resolve) => { RecordedPc.made[0]?.getStats().then(resolve, resolve); }); // A restart would have begun.
    expect(paths()).to.deep.equal(before);
    window.dispatchEvent(new Event('online'));
    expect(paths()).to.deep.equal(before);
    comesBack();
    await until(() => paths().every((path, i) => path !== before[i]), 'both ends gather anew');
    await until(() => RecordedPc.made.every(({ connectionState }) => connectionState === 'connected'), 'they are connected');
    expect(RecordedPc.made.length).to.equal(2);
    const after = paths();
    comesBack();
    await until(() => ada.room.snapshot.state === 'joined', 'it is back');
    await new Promise((resolve) => { RecordedPc.made[0]?.getStats().then(resolve, resolve); });
    expect(paths()).to.deep.equal(after);
  });
});
