import { expect, html } from '@open-wc/testing';
import { network, part, roomFixture, settled, soundTrack, view, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-participants.ts';

const rows = (element: Element) => [...element.shadowRoot!.querySelectorAll('[part=participant]')];

describe('RtcParticipantsElement', () => {
  it('lists everyone, oneself first: state, microphone, and two of one name apart', async () => {
    const room = await roomFixture(html`<rtc-participants></rtc-participants>`);
    const element = await part(room, 'rtc-participants');
    await room.join();
    await settled(element);
    expect(element.matches(':state(empty)')).to.equal(true);
    network().arrive('1111abcd', 'Ada');
    network().arrive('2222abcd', 'ADA');
    network().tell({ type: 'participant-tracks', id: '1111abcd', tracks: [view(soundTrack(), 'microphone')] });
    network().tell({ type: 'participant-state', id: '2222abcd', state: 'interrupted', levels: [], reason: 'silent' });
    await settled(element);
    expect(rows(element).map(visibleText)).to.deep.equal(['M Me (you)', 'A Ada #1111', 'A ADA #2222 Connection interrupted…']);
    expect(rows(element).map((row) => row.querySelector('[role=img]') !== null)).to.deep.equal([true, false, true]);
    expect(element.matches(':state(empty)')).to.equal(false);
    await expect(element).to.be.accessible();
    network().tell({ type: 'participant-gone', id: '1111abcd', reason: 'left' });
    await settled(element);
    expect(rows(element).map(visibleText)).to.deep.equal(['M Me (you)', 'A ADA Connection interrupted…']);
  });

  it('says of each what is known of who it is, and behind it what that means, for that one alone', async () => {
    const room = await roomFixture(html`<rtc-participants></rtc-participants>`);
    room.room.verify = () => new Promise(() => {});
    const element = await part(room, 'rtc-participants');
    await room.join();
    for (const id of ['a', 'b']) network().arrive(id, id === 'a' ? 'Ada' : 'Bo');
    network().tell({ type: 'participant-state', id: 'b', state: 'connected', levels: ['linked'] });
    await settled(element);
    const badges = [...element.shadowRoot!.querySelectorAll<HTMLElement>('[part=identity]')];
    expect(badges.map((badge) => badge.title)).to.deep.equal(['Not verified', 'Holds the link']);
    expect(rows(element)[0]!.querySelector('[part=identity]'), 'nothing to say of oneself').to.equal(null);
    badges[1]!.click();
    const abouts = [...element.shadowRoot!.querySelectorAll('[part=about]')];
    await waitUntil(() => visibleText(abouts[1]!).includes('This person holds the same link as you'), 'what that means');
    expect(abouts.map((about) => about.matches(':popover-open'))).to.deep.equal([false, true]);
    expect(visibleText(abouts[0]!)).to.equal('');
    await expect(element).to.be.accessible();
  });
});
