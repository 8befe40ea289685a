import { expect } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';

describe('RoomFiles', () => {
  it('keeps the order in which files are sent while what sends them is still on its way', async () => {
    const party = new Party();
    const [ada] = await party.pair();
    const names = Array.from({ length: 12 }, (_, index) => `${index}.txt`);
    await Promise.all(names.map((name) => ada.room.files.send(new Blob([name]), { name })));
    expect(ada.room.files.snapshot.transfers.map(({ name }) => name)).to.deep.equal(names);
    party.close();
  });
});
