import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { RoomError } from '../../src/index.ts';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { setDefaultServer } from '../internal/default-server.ts';
import { button, failureOf, network, part, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcErrorEvent } from '../events.ts';
import type { RtcRoomElement } from './rtc-room.ts';

describe('Failures', () => {
  it('says at once that there is no server', async () => {
    setDefaultServer('');
    const told: RtcErrorEvent[] = [];
    const listen = (event: RtcErrorEvent) => { told.push(event); };
    document.addEventListener('rtc-error', listen as EventListener);
    const element = await fixture<RtcRoomElement>(html`<rtc-room name="lobby"></rtc-room>`);
    document.removeEventListener('rtc-error', listen as EventListener);
    expect(told.map(({ detail }) => detail.code)).to.deep.equal(['no-server']);
    expect(visibleText(element)).to.contain('No server is set');
    element.server = 'https://relay.test';
    await settled(element);
    expect(visibleText(element)).not.to.contain('No server is set');
  });

  it('says before anybody clicks that the name is none of a room, to the developer too, until it is one', async () => {
    const warned: unknown[] = [];
    const { warn } = console;
    console.warn = (text: unknown) => { warned.push(text); };
    const element = await fixture<RtcRoomElement>(html`<rtc-room name="Team standup" server="https://relay.test"></rtc-room>`);
    console.warn = warn;
    expect(visibleText(element)).to.contain('This room name cannot be used.');
    expect(warned).to.have.length(1);
    expect(warned[0]).to.match(/^<rtc-room>: invalid-room: A room name has/);
    element.name = 'team-standup';
    await settled(element);
    expect(visibleText(element)).not.to.contain('This room name cannot be used.');
  });

  it('says that there is no way to somebody while they are there', async () => {
    const element = await roomFixture();
    await element.join();
    network().arrive('a', 'Ada');
    const state = { type: 'participant-state', id: 'a', levels: [] } as const;
    network().tell({ ...state, state: 'connecting', reason: 'no-path' });
    network().tell({ type: 'error', error: new RoomError('no-path', 'Nothing came through.') });
    await settled(element);
    expect(visibleText(element)).to.contain('No connection to a participant could be made.');
    network().tell({ type: 'participant-gone', id: 'a', reason: 'left' });
    await settled(element);
    expect(visibleText(element)).not.to.contain('No connection to a participant could be made.');
  });

  it('takes the default server of rtc.js', async () => {
    setDefaultServer('https://relay.test/prefix');
    const element = await fixture<RtcRoomElement>(html`<rtc-room name="lobby"></rtc-room>`);
    expect(visibleText(element)).not.to.contain('No server is set');
    setDefaultServer('');
  });

  it('shows why it could not join, and fires rtc-error once with code, sentence and hint', async () => {
    const element = await roomFixture();
    FakeTopology.joining = () => Promise.reject(new RoomError('room-full', 'The room holds 8.'));
    const told: RtcErrorEvent[] = [];
    element.addEventListener('rtc-error', (event) => { told.push(event); });
    const lobby = await part(element, 'rtc-lobby');
    button(lobby, 'join-without').click();
    await waitUntil(() => visibleText(element).includes('The room is full.'));
    expect(told.map(({ detail: { code, message, hint } }) => ({ code, message, hint })))
      .to.deep.equal([{ code: 'room-full', message: 'The room is full.', hint: 'The room holds 8.' }]);
    await expect(element).to.be.accessible();
    button(element, 'dismiss').click();
    await settled(element);
    expect(visibleText(element)).not.to.contain('The room is full.');
  });

  it('shows a device that was unplugged, and tells of it once, until it is back', async () => {
    const element = await roomFixture();
    const told: string[] = [];
    element.addEventListener('rtc-error', ({ detail }) => { told.push(detail.code); });
    await element.toggleCamera();
    element.room.snapshot.local.tracks[0]!.track!.dispatchEvent(new Event('ended'));
    await settled(element);
    await waitUntil(() => told.length > 0);
    await settled(element);
    expect(told).to.deep.equal(['device-missing']);
    expect(element.shadowRoot!.querySelectorAll('[part=error]')).to.have.length(1);
    await element.toggleCamera();
    await settled(element);
    expect(element.shadowRoot!.querySelectorAll('[part=error]')).to.have.length(0);
    element.room.close();
  });

  it('tells of a failed join that the page awaited itself', async () => {
    const element = await roomFixture();
    FakeTopology.joining = () => Promise.reject(new RoomError('unauthorized', 'No token.'));
    const told = oneEvent<RtcErrorEvent>(element, 'rtc-error');
    expect(await failureOf(element.join())).to.have.property('code', 'unauthorized');
    expect((await told).detail.code).to.equal('unauthorized');
  });
});
