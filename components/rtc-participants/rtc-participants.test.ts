import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { network, part, roomFixture, settled, soundTrack, view, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-participants.ts';
import type { RtcParticipantsElement } from './rtc-participants.ts';

const rows = (element: Element) => [...element.shadowRoot!.querySelectorAll<HTMLElement>('[part=participant]')];
const facts = (row: Element) => [...row.querySelectorAll('[part=fact]')].map(({ ariaLabel }) => ariaLabel);

async function joined(): Promise<RtcParticipantsElement> {
  const room = await roomFixture(html`<rtc-participants></rtc-participants>`);
  const element = await part(room, 'rtc-participants');
  await room.join();
  await settled(element);
  return element;
}

describe('RtcParticipantsElement', () => {
  it('lists everyone, oneself first: state, devices, who is host, and two of one name apart', async () => {
    const element = await joined();
    expect(element.matches(':state(empty)')).to.equal(true);
    network().arrive('1111abcd', 'Ada');
    network().tell({ type: 'participant-announced', id: '2222abcd', name: 'ADA', kind: 'engine', roles: ['host'] });
    network().tell({ type: 'participant-tracks', id: '1111abcd', tracks: [view(soundTrack(), 'microphone')] });
    network().tell({ type: 'participant-state', id: '2222abcd', state: 'interrupted', levels: [], reason: 'silent' });
    await settled(element);
    expect(rows(element).map(visibleText)).to.deep.equal(['M Me (you)', 'A Ada #1111', 'A ADA #2222 (Host) Connection interrupted…']);
    expect(rows(element).map(facts)).to.deep.equal([
      ['Microphone off', 'Camera off'], ['Microphone on', 'Camera off'], ['Microphone off', 'Camera off'],
    ]);
    expect(element.matches(':state(empty)')).to.equal(false);
    await expect(element).to.be.accessible();
    network().tell({ type: 'participant-gone', id: '1111abcd', reason: 'left' });
    await settled(element);
    expect(rows(element).map(visibleText)).to.deep.equal(['M Me (you)', 'A ADA (Host) Connection interrupted…']);
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

  it('shows raised hands in the order in which they went up', async () => {
    const element = await joined();
    for (const id of ['a', 'b', 'c']) network().arrive(id, id.toUpperCase());
    network().context.onGesture('c', ['hand', 9000]);
    network().context.onGesture('a', ['hand', 3000]);
    const line = () => [...element.shadowRoot!.querySelectorAll('[part=hands] li')].map(visibleText);
    await waitUntil(() => line().length === 2);
    expect(line()).to.deep.equal(['C', 'A']);
    expect(rows(element).map((row) => visibleText(row).match(/\d/)?.[0])).to.deep.equal([undefined, '2', undefined, '1']);
    await expect(element).to.be.accessible();
    network().context.onGesture('c', ['hand', null]);
    await waitUntil(() => line().join() === 'A');
  });

  it('is gone through by arrow keys, with one row in the way of Tab and its buttons behind it', async () => {
    const element = await joined();
    for (const id of ['a', 'b']) network().arrive(id, id.toUpperCase());
    await settled(element);
    const focused = () => element.shadowRoot!.activeElement as HTMLElement | null;
    element.focus();
    await waitUntil(() => focused() === rows(element)[0]);
    await sendKeys({ press: 'ArrowDown' });
    expect(focused()).to.equal(rows(element)[1]);
    await sendKeys({ press: 'Tab' });
    expect(focused()?.title).to.equal('Not verified');
    await sendKeys({ press: 'End' });
    expect(focused()).to.equal(rows(element)[2]);
    expect([...element.shadowRoot!.querySelectorAll<HTMLElement>('[part=list] [tabindex="0"]')].length).to.equal(2);
    network().tell({ type: 'participant-gone', id: 'b', reason: 'left' });
    await waitUntil(() => focused() === rows(element)[1], 'the focus stays in the list');
    await sendKeys({ press: 'Home' });
    expect(focused()).to.equal(rows(element)[0]);
  });

  it('keeps up with a hundred, of whom one changes', async () => {
    const element = await joined();
    for (let i = 0; i < 99; i++) network().arrive(`p${i}`, `Person ${i}`);
    await settled(element);
    expect(rows(element)).to.have.length(100);
    const kept = rows(element)[50];
    const took: number[] = [];
    for (let i = 0; i < 20; i++) {
      const startMs = performance.now();
      network().tell({ type: 'participant-state', id: 'p49', state: i % 2 ? 'connected' : 'interrupted', levels: [], reason: 'silent' });
      await settled(element);
      took.push(performance.now() - startMs);
    }
    expect(took.sort((one, other) => one - other)[10], took.join()).to.be.lessThan(50);
    expect(rows(element)[50]).to.equal(kept);
  });
});
