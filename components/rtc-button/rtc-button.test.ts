import { expect, fixture, html } from '@open-wc/testing';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { button, part, roomFixture, settled, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-button.ts';
import type { RtcButtonElement } from './rtc-button.ts';

const inner = (element: RtcButtonElement) => element.shadowRoot!.querySelector('button')!;

describe('RtcButtonElement', () => {
  it('raises the hand and lowers it, shows which it is, and does neither outside of the room', async () => {
    const room = await roomFixture(html`<rtc-button action="hand"></rtc-button>`);
    const hand = await part(room, 'rtc-button');
    expect(inner(hand).getAttribute('aria-disabled')).to.equal('true');
    inner(hand).click();
    await room.join();
    await settled(hand);
    expect([inner(hand).ariaLabel, inner(hand).ariaPressed]).to.deep.equal(['Raise hand', 'false']);
    await expect(hand).to.be.accessible();
    inner(hand).click();
    await waitUntil(() => hand.matches(':state(on)'));
    expect([room.room.snapshot.local.hand === undefined, inner(hand).ariaPressed]).to.deep.equal([false, 'true']);
    await expect(hand).to.be.accessible();
    inner(hand).click();
    await waitUntil(() => room.room.snapshot.local.hand === undefined);
    expect(room.shadowRoot!.querySelector('[part=error]')).to.equal(null);
  });

  it('switches the microphone on, and shows that only once it is', async () => {
    const room = await roomFixture(html`<rtc-button action="microphone"></rtc-button>`);
    const microphone = await part(room, 'rtc-button');
    inner(microphone).click();
    await waitUntil(() => microphone.matches(':state(on)'));
    expect(room.room.snapshot.local.microphone.state).to.equal('on');
    inner(microphone).click();
    await waitUntil(() => inner(microphone).ariaPressed === 'false');
  });

  it('joins and leaves, on one button that keeps the focus', async () => {
    FakeTopology.joining = () => Promise.resolve();
    const room = await roomFixture(html`<rtc-button action="leave"></rtc-button>`);
    const leave = await part(room, 'rtc-button');
    leave.focus();
    expect(inner(leave).textContent.trim()).to.equal('Join');
    inner(leave).click();
    await waitUntil(() => leave.matches(':state(joined)') && inner(leave).ariaLabel === 'Leave');
    expect(leave.shadowRoot!.activeElement).to.equal(inner(leave));
    inner(leave).click();
    await waitUntil(() => room.room.snapshot.state === 'idle');
  });

  it('is called by the label that a page gives it, and takes its icons, one for each state too', async () => {
    const room = await roomFixture(html`<rtc-button action="camera">Picture<i slot="icon"></i><b slot="on"></b></rtc-button>`);
    const camera = await part(room, 'rtc-button');
    await settled(camera);
    const slotted = (name: string) => camera.shadowRoot!.querySelector<HTMLSlotElement>(`slot[name=${name}]`)?.assignedElements().length;
    expect([inner(camera).hasAttribute('aria-label'), slotted('icon'), slotted('on')]).to.deep.equal([false, 1, undefined]);
    await expect(camera).to.be.accessible();
    camera.firstChild!.remove();
    await waitUntil(() => inner(camera).ariaLabel === 'Camera');
    camera.click();
    inner(camera).click();
    await waitUntil(() => slotted('on') === 1);
  });

  it('opens the panels of a default interface elsewhere in the page', async () => {
    const room = await roomFixture();
    room.id = 'far';
    const outside = await fixture<RtcButtonElement>(html`<rtc-button for="far" action="chat"></rtc-button>`);
    await room.join();
    await settled(room, outside);
    inner(outside).click();
    await waitUntil(() => button(room, 'chat-toggle').ariaExpanded === 'true');
    outside.action = 'participants';
    await settled(outside);
    inner(outside).click();
    await waitUntil(() => button(room, 'participants-toggle').ariaExpanded === 'true' && button(room, 'chat-toggle').ariaExpanded === 'false');
  });

  it('is nothing for what is no action', async () => {
    const room = await roomFixture(html`<rtc-button action="constructor"></rtc-button>`);
    expect((await part(room, 'rtc-button')).shadowRoot!.querySelector('button')).to.equal(null);
  });
});
