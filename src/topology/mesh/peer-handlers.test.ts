import { expect } from '@open-wc/testing';
import { Party } from '../../../test/support/guests.ts';
import { Conversation } from '../../peer/conversation.ts';
import type { PeerParts } from '../../peer/dialect.ts';

describe('peerHandlers', () => {
  const party = new Party();
  after(() => { party.close(); });

  it('takes the relay\'s last word while it is silent, and none of one whose socket closed', async () => {
    let parts: PeerParts | undefined;
    const ada = party.guest('Ada', {}, (given) => new Conversation((parts = given)));
    await ada.room.join();
    await party.enter('Bo');
    await party.allMet();
    const held = () => parts?.handlers.word().placeHeld;
    expect(held()).to.equal(true);
    ada.signaling.break(true);
    expect(held()).to.equal(true);
    ada.signaling.restore();
    ada.signaling.break();
    expect(held()).to.equal(false);
  });
});
