import { expect, html } from '@open-wc/testing';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { button, part, roomFixture, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';

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
    await waitUntil(() => select());
    button(controls, 'devices').click();
    await expect(controls).to.be.accessible();
    const chosen = room.room.snapshot.devices.find(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== select()!.value)
      ?? room.room.snapshot.devices.find(({ kind }) => kind === 'videoinput')!;
    select()!.value = chosen.deviceId;
    select()!.dispatchEvent(new Event('change'));
    await waitUntil(() => room.room.snapshot.local.camera.deviceId === chosen.deviceId);
  });
});
