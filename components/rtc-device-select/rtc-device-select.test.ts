import { expect, html } from '@open-wc/testing';
import { network, part, roomFixture, settled, soundTrack, view, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import '../define/rtc-device-select.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';
import type { RtcDeviceSelectElement } from './rtc-device-select.ts';

const { mediaDevices } = navigator;
const native = { getUserMedia: mediaDevices.getUserMedia, enumerateDevices: mediaDevices.enumerateDevices };

const list = (element: RtcDeviceSelectElement) => element.shadowRoot!.querySelector('select');
const shown = (element: RtcDeviceSelectElement) => list(element)?.selectedOptions[0]?.textContent.trim();
const labels = (element: RtcDeviceSelectElement) => [...list(element)?.options ?? []].map(({ textContent }) => textContent.trim());

function choose(element: RtcDeviceSelectElement, label: string): void {
  const select = list(element)!;
  select.value = [...select.options].find(({ textContent }) => textContent.trim() === label)!.value;
  select.dispatchEvent(new Event('change'));
}

function inUse({ room: { snapshot: { local, devices } } }: RtcRoomElement): string | undefined {
  return devices.find(({ kind, deviceId }) => kind === 'audioinput' && deviceId === local.microphone.deviceId)?.label;
}

/** As the browser would tell of it. */
function unplug(label: string): void {
  mediaDevices.enumerateDevices = async () => (await native.enumerateDevices.call(mediaDevices)).filter((device) => device.label !== label);
  mediaDevices.dispatchEvent(new Event('devicechange'));
}

function plugIn(): void {
  mediaDevices.enumerateDevices = native.enumerateDevices;
  mediaDevices.dispatchEvent(new Event('devicechange'));
}

describe('RtcDeviceSelectElement', () => {
  afterEach(() => { Object.assign(mediaDevices, native); });

  it('asks nobody for anything, and says so where there is nothing to choose yet', async () => {
    let asked = 0;
    mediaDevices.getUserMedia = (constraints) => { asked++; return native.getUserMedia.call(mediaDevices, constraints); };
    const room = await roomFixture(html`<rtc-device-select kind="camera"></rtc-device-select>`);
    const element = await part(room, 'rtc-device-select');
    await waitUntil(() => room.room.snapshot.devices.length > 0, 'what is plugged in was read');
    expect(visibleText(element)).to.equal('Devices can be chosen once they are on.');
    expect([asked, element.matches(':state(empty)')]).to.deep.equal([0, true]);
    await expect(element).to.be.accessible();
  });

  it('exchanges the microphone, and shows how loud it is for as long as it is on', async () => {
    const room = await roomFixture(html`<rtc-device-select></rtc-device-select>`);
    const element = await part(room, 'rtc-device-select');
    let open = 0;
    const { close } = AudioContext.prototype;
    AudioContext.prototype.close = function closed() { open--; return close.call(this); };
    try {
      await room.toggleMicrophone();
      await waitUntil(() => list(element));
      choose(element, 'Fake Audio Input 2');
      await waitUntil(() => inUse(room) === 'Fake Audio Input 2');
      await settled(element);
      expect(shown(element)).to.equal('Fake Audio Input 2');
      const level = () => Number(element.shadowRoot!.querySelector('[part=level]')?.getAttribute('aria-valuenow'));
      await waitUntil(() => level() > 0, 'the browser beeps');
      await expect(element).to.be.accessible();
      const before = open;
      await room.toggleMicrophone();
      await waitUntil(() => open < before, 'it listens no more');
      await settled(element);
      expect(element.shadowRoot!.querySelector('[part=level]')).to.equal(null);
    } finally {
      AudioContext.prototype.close = close;
      room.room.close();
    }
  });

  it('says of a microphone that it is unplugged, not that another one is in use', async () => {
    const room = await roomFixture(html`<rtc-device-select></rtc-device-select>`);
    const element = await part(room, 'rtc-device-select');
    await room.join();
    await room.toggleMicrophone();
    await waitUntil(() => list(element));
    choose(element, 'Fake Audio Input 1');
    await waitUntil(() => inUse(room) === 'Fake Audio Input 1');
    unplug('Fake Audio Input 1');
    room.room.snapshot.local.tracks[0]!.track!.dispatchEvent(new Event('ended'));
    await waitUntil(() => shown(element) === 'Fake Audio Input 1 (unplugged)');
    expect(room.room.snapshot.local.microphone.state).to.equal('off');
    await expect(element).to.be.accessible();
    choose(element, 'Fake Audio Input 2');
    await waitUntil(() => room.room.snapshot.local.microphone.state === 'on');
    await settled(element);
    expect([shown(element), labels(element).length]).to.deep.equal(['Fake Audio Input 2', 2]);
    plugIn();
    await waitUntil(() => labels(element).includes('Fake Audio Input 1'));
    expect(shown(element)).to.equal('Fake Audio Input 2');
    room.room.close();
  });

  it('sends the sound of all to the speaker that is chosen, to the system\'s own while that is unplugged', async () => {
    const room = await roomFixture(html`<rtc-device-select kind="speaker"></rtc-device-select><rtc-device-select kind="speaker"></rtc-device-select>`);
    const element = await part(room, 'rtc-device-select');
    await room.join();
    await room.toggleMicrophone();
    network().arrive('a');
    network().tell({ type: 'participant-tracks', id: 'a', tracks: [view(soundTrack(), 'microphone')] });
    const audio = await part(room, 'rtc-audio');
    await waitUntil(() => audio.shadowRoot!.querySelector('audio') && list(element));
    const sink = () => audio.shadowRoot!.querySelector('audio')!.sinkId;
    const name = () => room.room.snapshot.devices.find(({ deviceId }) => deviceId === sink())?.label;
    expect([sink(), shown(element)]).to.deep.equal(['', 'Fake Default Audio Output']);
    choose(element, 'Fake Audio Output 2');
    await waitUntil(() => name() === 'Fake Audio Output 2');
    expect(shown(room.querySelectorAll('rtc-device-select')[1]!)).to.equal('Fake Audio Output 2');
    await expect(element).to.be.accessible();
    unplug('Fake Audio Output 2');
    await waitUntil(() => sink() === '');
    await settled(element);
    expect([shown(element), labels(element).at(-1)]).to.deep.equal(['Fake Default Audio Output', 'Fake Audio Output 2 (unplugged)']);
    network().tell({ type: 'participant-tracks', id: 'a', tracks: [view(soundTrack(), 'microphone'), view(soundTrack(), 'music')] });
    plugIn();
    await waitUntil(() => [...audio.shadowRoot!.querySelectorAll('audio')].every(({ sinkId }) => sinkId !== ''), 'it is back, for all');
    await waitUntil(() => shown(element) === 'Fake Audio Output 2');
    room.room.close();
  });

  it('says so where the browser refuses a speaker, and keeps the one before', async () => {
    const room = await roomFixture(html`<rtc-device-select kind="speaker"></rtc-device-select>`);
    const element = await part(room, 'rtc-device-select');
    await room.toggleMicrophone();
    await waitUntil(() => list(element));
    const { setSinkId } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.setSinkId = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    try {
      const told: string[] = [];
      room.addEventListener('rtc-error', ({ detail }) => { told.push(detail.code); });
      choose(element, 'Fake Audio Output 1');
      await waitUntil(() => told.length > 0);
      expect(told).to.deep.equal(['device-failed']);
      await waitUntil(() => shown(element) === 'Fake Default Audio Output');
    } finally {
      HTMLMediaElement.prototype.setSinkId = setSinkId;
      room.room.close();
    }
  });
});
