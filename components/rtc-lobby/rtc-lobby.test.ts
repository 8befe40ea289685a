import { expect } from '@open-wc/testing';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { button, part, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';

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
