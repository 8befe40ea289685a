import { expect, fixture, html } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { network, readOut, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import type { ParticipantState } from '../../src/index.ts';
import type { RtcRoomElement } from './rtc-room.ts';

describe('Announcer', () => {
  it('says how many one finds, and by name who comes after', async () => {
    const party = new Party();
    try {
      await party.enter('Ada', 'Bo', 'Cem', 'Dan', 'Eli');
      const { room } = party.guest('Me');
      const element = await fixture<RtcRoomElement>(html`<rtc-room .room=${room}></rtc-room>`);
      const said = () => [...element.shadowRoot!.querySelectorAll('.hidden[role=status] p')].map(({ textContent }) => textContent);
      await room.join();
      await party.allMet();
      await settled(element);
      expect(said()).to.deep.equal(['You joined the room', 'Others here: 5']);
      await party.enter('Flo');
      await party.allMet();
      await waitUntil(() => said().length > 2);
      expect(said().slice(2)).to.deep.equal(['\u2068Flo\u2069 joined']);
    } finally {
      party.close();
    }
  });

  it('announces only what is new: what was said stays as it is', async () => {
    const element = await roomFixture();
    await element.join();
    await settled(element);
    const region = await readOut(element);
    expect(region.getAttribute('aria-atomic')).to.equal('false');
    for (const id of ['a', 'b', 'c']) network().arrive(id, id);
    await settled(element);
    const before = [...region.children];
    network().arrive('d', 'Dan');
    await settled(element);
    const after = [...region.children];
    expect(before.slice(1).every((line, index) => line === after[index])).to.equal(true);
    expect(after.at(-1)!.textContent).to.contain('Dan');
  });

  it('announces whose connection is interrupted, restored, or could not be made', async () => {
    const element = await roomFixture();
    await element.join();
    const region = await readOut(element);
    network().arrive('a', 'Ada');
    await settled(element);
    const lastOf = async (state: ParticipantState, reason?: string) => {
      network().tell({ type: 'participant-state', id: 'a', state, levels: [], ...(reason && { reason }) });
      await settled(element);
      return region.lastElementChild!.textContent;
    };
    expect(await lastOf('interrupted', 'silent')).to.equal('Connection to \u2068Ada\u2069 interrupted');
    expect(await lastOf('connected')).to.equal('Connection to \u2068Ada\u2069 restored');
    expect(await lastOf('connecting', 'no-path')).to.equal('No connection to \u2068Ada\u2069');
    const said = region.children.length;
    expect(await lastOf('connecting', 'no-path')).to.equal('No connection to \u2068Ada\u2069');
    expect(region.children.length).to.equal(said);
  });

  it('announces who comes and goes', async () => {
    const element = await roomFixture();
    await element.join();
    const region = await readOut(element);
    network().arrive('a', 'Ada');
    await settled(element);
    expect(region.textContent).to.contain('\u2068Ada\u2069 joined');
    network().tell({ type: 'participant-gone', id: 'a', reason: 'leave' });
    await settled(element);
    expect(region.textContent).to.contain('\u2068Ada\u2069 left');
  });

  it('says that it reconnects', async () => {
    const element = await roomFixture();
    await element.join();
    network().tell({ type: 'relay-lost' });
    await settled(element);
    expect(element.matches(':state(reconnecting)')).to.equal(true);
    expect(visibleText(element)).to.contain('Reconnecting');
  });
});
