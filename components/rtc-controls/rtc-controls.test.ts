import { expect, html, oneEvent } from '@open-wc/testing';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { button, part, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';
import type { RtcControlsElement } from './rtc-controls.ts';

const isPressed = (element: Element, name: string) => button(element, name).getAttribute('aria-pressed');

describe('RtcControlsElement', () => {
  it('joins and leaves', async () => {
    const room = await roomFixture(html`<rtc-controls></rtc-controls>`);
    const controls = await part(room, 'rtc-controls');
    await expect(controls).to.be.accessible();
    button(controls, 'join').click();
    await waitUntil(() => controls.matches(':state(joined)'));
    await expect(controls).to.be.accessible();
    button(controls, 'leave').click();
    await waitUntil(() => room.room.snapshot.state === 'idle');
  });

  it('keeps the focus on the button that joins, which then leaves', async () => {
    const room = await roomFixture(html`<rtc-controls></rtc-controls>`);
    const controls = await part(room, 'rtc-controls');
    const join = button(controls, 'join');
    let answer = () => {};
    FakeTopology.joining = () => new Promise((resolve) => { answer = resolve; });
    join.focus();
    join.click();
    await waitUntil(() => join.getAttribute('aria-disabled') === 'true');
    join.click();
    expect(controls.shadowRoot!.activeElement).to.equal(join);
    await expect(controls).to.be.accessible();
    answer();
    await waitUntil(() => controls.matches(':state(joined)'));
    expect(controls.shadowRoot!.activeElement).to.equal(button(controls, 'leave'));
    button(controls, 'leave').click();
    await waitUntil(() => !controls.matches(':state(joined)'));
    expect(controls.shadowRoot!.activeElement).to.equal(button(controls, 'join'));
    expect(visibleText(room)).not.to.contain('already-joined');
  });

  it('shows a microphone as on only once it is on', async () => {
    const room = await roomFixture(html`<rtc-controls></rtc-controls>`);
    const controls = await part(room, 'rtc-controls');
    const microphone = button(controls, 'microphone');
    const devices = navigator.mediaDevices;
    const { getUserMedia } = devices;
    let answer = () => {};
    const asked = new Promise<void>((resolve) => { answer = resolve; });
    devices.getUserMedia = (constraints) => asked.then(() => getUserMedia.call(devices, constraints));
    microphone.click();
    await waitUntil(() => microphone.getAttribute('aria-busy') === 'true');
    expect(isPressed(controls, 'microphone')).to.equal('false');
    devices.getUserMedia = getUserMedia;
    answer();
    await waitUntil(() => isPressed(controls, 'microphone') === 'true');
    expect(room.room.snapshot.local.microphone.state).to.equal('on');
    microphone.click();
    await waitUntil(() => isPressed(controls, 'microphone') === 'false');
  });

  it('asks nobody for anything before a click', async () => {
    const devices = navigator.mediaDevices;
    const { getUserMedia } = devices;
    let asked = 0;
    devices.getUserMedia = (constraints) => { asked++; return getUserMedia.call(devices, constraints); };
    try {
      const room = await roomFixture(html`<rtc-controls></rtc-controls><rtc-lobby></rtc-lobby>`);
      await room.join();
      await part(room, 'rtc-controls');
      expect(asked).to.equal(0);
    } finally {
      devices.getUserMedia = getUserMedia;
    }
  });

  it('lets devices be chosen during a call', async () => {
    const room = await roomFixture(html`<rtc-controls></rtc-controls>`);
    const controls = await part(room, 'rtc-controls');
    await room.join();
    button(controls, 'camera').click();
    const select = () => controls.shadowRoot!.querySelector<HTMLSelectElement>('[part~=camera-select]');
    button(controls, 'devices').click();
    await waitUntil(() => select());
    await waitUntil(() => controls.shadowRoot!.activeElement?.matches('#panel select'), 'it is in its place, and the keyboard can go on');
    const [panel, devices] = [controls.shadowRoot!.querySelector('#panel')!, button(controls, 'devices')].map((one) => one.getBoundingClientRect());
    expect([panel!.top - devices!.bottom, devices!.top - panel!.bottom].map(Math.round)).to.include(8);
    await expect(controls).to.be.accessible();
    const chosen = room.room.snapshot.devices.find(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== select()!.value)
      ?? room.room.snapshot.devices.find(({ kind }) => kind === 'videoinput')!;
    select()!.value = chosen.deviceId;
    select()!.dispatchEvent(new Event('change'));
    await waitUntil(() => room.room.snapshot.local.camera.deviceId === chosen.deviceId);
  });

  it('places nothing that was closed before it was loaded', async () => {
    const room = await roomFixture(html`<rtc-controls></rtc-controls>`);
    const controls = await part(room, 'rtc-controls');
    const panel = controls.shadowRoot!.querySelector<HTMLElement>('#panel')!;
    const opened = oneEvent(panel, 'toggle');
    button(controls, 'devices').click();
    await opened;
    panel.hidePopover();
    await waitUntil(() => visibleText(panel) !== '', 'it is loaded');
    await settled(controls);
    expect(panel.style.visibility).to.equal('');
    expect(controls.shadowRoot!.activeElement === null).to.equal(true);
  });

  describe('of who joined', () => {
    const inMenu = (element: Element, name: string) => element.shadowRoot!.querySelector<HTMLButtonElement>(`[popover]:popover-open ${name}`);

    async function joined(width = ''): Promise<{ room: RtcRoomElement; controls: RtcControlsElement }> {
      const room = await roomFixture();
      room.style.inlineSize = width;
      await room.join();
      return { room, controls: await part(room, 'rtc-controls') };
    }

    it('raises the hand, which the button then shows, and reacts by what is behind another one', async () => {
      const { room, controls } = await joined('1000px');
      const seen: string[] = [];
      room.addEventListener('rtc-reaction', ({ detail: { participant, reaction } }) => { seen.push(`${participant.name} ${reaction}`); });
      button(controls, 'hand').click();
      await waitUntil(() => isPressed(controls, 'hand') === 'true' && controls.matches(':state(hand)'));
      button(controls, 'react').click();
      await waitUntil(() => inMenu(controls, '[part=reaction]'));
      await waitUntil(() => controls.shadowRoot!.activeElement?.part.contains('reaction'), 'the keyboard can go on');
      await expect(controls).to.be.accessible();
      inMenu(controls, '[part=reaction]')!.click();
      await waitUntil(() => seen.length === 1);
      expect(seen).to.deep.equal(['Me 👍']);
    });

    it('has the same behind "more" where it is narrow, and nothing out of the page', async () => {
      const { room, controls } = await joined('300px');
      const shown = [...controls.shadowRoot!.querySelectorAll('[part=bar] button')].filter((one) => one.checkVisibility());
      expect(shown.map((one) => one.part[1])).to.deep.equal(['microphone', 'camera', 'more', 'leave']);
      button(controls, 'more').click();
      await waitUntil(() => inMenu(controls, '[part~=hand]'));
      await expect(controls).to.be.accessible();
      const box = inMenu(controls, '[part~=hand]')!.closest('[popover]')!.getBoundingClientRect();
      expect([box.left >= 0, box.right <= innerWidth, box.top >= 0, box.bottom <= innerHeight]).to.deep.equal([true, true, true, true]);
      inMenu(controls, '[part~=hand]')!.click();
      await waitUntil(() => room.room.snapshot.local.hand !== undefined);
      expect(controls.shadowRoot!.querySelector(':popover-open'), 'it has done its work').to.equal(null);
      expect(controls.shadowRoot!.activeElement?.part.value).to.equal('button more');
      button(controls, 'more').click();
      inMenu(controls, '[popovertarget=panel]')!.click();
      await waitUntil(() => controls.shadowRoot!.querySelector('#panel:popover-open'));
    });
  });
});
