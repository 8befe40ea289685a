import { expect, fixture, html } from '@open-wc/testing';
import { createRoom } from '../../src/index.ts';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { button, part, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';

async function refusing(run: () => Promise<void>): Promise<void> {
  const devices = navigator.mediaDevices;
  const { getUserMedia } = devices;
  devices.getUserMedia = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
  try {
    await run();
  } finally {
    devices.getUserMedia = getUserMedia;
  }
}

describe('RtcLobbyElement', () => {
  it('joins under the name that was typed, without any device', async () => {
    const room = await roomFixture();
    const lobby = await part(room, 'rtc-lobby');
    const input = lobby.shadowRoot!.querySelector('input')!;
    input.value = '  Ada   Lovelace ';
    button(lobby, 'join-without').click();
    await waitUntil(() => room.room.snapshot.state === 'joined');
    expect(room.room.snapshot.local.name).to.equal('Ada Lovelace');
    expect(room.room.snapshot.local.tracks).to.deep.equal([]);
  });

  it('remembers the name for the next time, but for a page that wants nothing kept, or gives one', async () => {
    const typed = async (content: ReturnType<typeof html>) => {
      const room = await fixture<RtcRoomElement>(content);
      const lobby = await part(room, 'rtc-lobby');
      await settled(room, lobby);
      return { room, lobby, input: lobby.shadowRoot!.querySelector('input')! };
    };
    const nameless = () => createRoom({ server: 'http://relay.test', name: 'lobby', topology: FakeTopology.factory });
    FakeTopology.joining = () => Promise.resolve();
    localStorage.clear();
    try {
      const { room, lobby, input } = await typed(html`<rtc-room .room=${nameless()}></rtc-room>`);
      input.value = 'Ada';
      button(lobby, 'join-without').click();
      await waitUntil(() => room.room.snapshot.state === 'joined');
      await waitUntil(() => localStorage.length > 0);
      expect((await typed(html`<rtc-room .room=${nameless()}></rtc-room>`)).input.value).to.equal('Ada');
      expect((await typed(html`<rtc-room .room=${nameless()} no-storage></rtc-room>`)).input.value).to.equal('');
      expect((await typed(html`<rtc-room .room=${nameless()} display-name="Bo"></rtc-room>`)).input.value).to.equal('Bo');
    } finally {
      localStorage.clear();
    }
  });

  it('says from the click on that it joins', async () => {
    const room = await roomFixture();
    const lobby = await part(room, 'rtc-lobby');
    room.room.enable = () => new Promise(() => {});
    button(lobby, 'join').click();
    await settled(lobby);
    expect([button(lobby, 'join').textContent, button(lobby, 'join').getAttribute('aria-disabled')]).to.deep.equal(['Joining…', 'true']);
  });

  it('offers no devices where the page can have none', async () => {
    Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true });
    try {
      const room = await roomFixture();
      const lobby = await part(room, 'rtc-lobby');
      expect(lobby.shadowRoot!.querySelector('[part~=join-without]')).to.equal(null);
      button(lobby, 'join').click();
      await waitUntil(() => room.room.snapshot.state === 'joined');
    } finally {
      Reflect.deleteProperty(navigator, 'mediaDevices');
    }
  });

  it('says which device was refused, until one joins without', async () => {
    await refusing(async () => {
      const room = await roomFixture();
      const lobby = await part(room, 'rtc-lobby');
      button(lobby, 'camera').click();
      await waitUntil(() => visibleText(room).includes('Camera: Access was refused.'));
      button(lobby, 'join-without').click();
      await waitUntil(() => room.room.snapshot.state === 'joined');
      await settled(room);
      expect(visibleText(room)).not.to.contain('Access was refused.');
    });
  });

  it('keeps the focus while it joins, and joins once', async () => {
    const room = await roomFixture();
    const lobby = await part(room, 'rtc-lobby');
    const asked: string[] = [];
    room.addEventListener('rtc-before-join', ({ type }) => { asked.push(type); });
    FakeTopology.joining = () => new Promise(() => {});
    const join = button(lobby, 'join-without');
    join.focus();
    join.click();
    await waitUntil(() => join.getAttribute('aria-disabled') === 'true');
    expect(lobby.shadowRoot!.activeElement).to.equal(join);
    await expect(lobby).to.be.accessible();
    join.click();
    lobby.shadowRoot!.querySelector('form')!.requestSubmit();
    await settled(lobby);
    expect(asked).to.have.length(1);
    expect(room.room.snapshot.local.microphone.state).to.equal('off');
  });

  it('opens microphone and camera by one click, and joins with them', async () => {
    const room = await roomFixture();
    button(await part(room, 'rtc-lobby'), 'join').click();
    await waitUntil(() => room.room.snapshot.state === 'joined');
    const { microphone, camera } = room.room.snapshot.local;
    expect([microphone.state, camera.state]).to.deep.equal(['on', 'on']);
    room.room.close();
  });

  it('shows a preview and the devices once one is on', async () => {
    const room = await roomFixture();
    const lobby = await part(room, 'rtc-lobby');
    const select = () => lobby.shadowRoot!.querySelector('rtc-device-select[kind=camera]')?.shadowRoot?.querySelector('select');
    expect(lobby.shadowRoot!.querySelector('rtc-device-select')).to.equal(null);
    button(lobby, 'camera').click();
    await waitUntil(select);
    const video = lobby.shadowRoot!.querySelector('rtc-video')!.shadowRoot!.querySelector('video')!;
    await waitUntil(() => video.videoWidth > 0);
    await expect(lobby).to.be.accessible();
    room.room.close();
  });

  it('says why, where both were refused, and still lets one join', () => refusing(async () => {
    const room = await roomFixture();
    const told: string[] = [];
    room.addEventListener('rtc-error', ({ detail }) => { told.push(detail.code); });
    const lobby = await part(room, 'rtc-lobby');
    button(lobby, 'join').click();
    await waitUntil(() => visibleText(room).includes('Access was refused.'));
    await settled(lobby);
    expect(room.room.snapshot.state).to.equal('idle');
    await waitUntil(() => told.length === 2, 'one for the microphone, one for the camera');
    expect(new Set(told)).to.deep.equal(new Set(['permission-denied']));
    button(lobby, 'join-without').click();
    await waitUntil(() => room.room.snapshot.state === 'joined');
  }));
});
