import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { button, network, part, readOut, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcElement } from '../internal/rtc-element.ts';
import type { RtcParticipantsElement } from '../rtc-participants/rtc-participants.ts';
import type { RtcRoomElement } from './rtc-room.ts';

describe('RtcRoomElement with people in it', () => {
  afterEach(() => { FakeTopology.standing = undefined; });

  async function joined(): Promise<RtcRoomElement> {
    const room = await roomFixture();
    await room.join();
    await readOut(room);
    network().arrive('a', 'Ada');
    await settled(room);
    return room;
  }
  /** It is loaded when it is opened. */
  async function roster(room: RtcRoomElement): Promise<RtcParticipantsElement & RtcElement> {
    button(room, 'participants-toggle').click();
    await customElements.whenDefined('rtc-participants');
    return part(room, 'rtc-participants');
  }
  const expanded = (room: RtcRoomElement) => ['participants', 'chat'].map((name) => button(room, `${name}-toggle`).ariaExpanded);
  const said = (room: RtcRoomElement) => room.shadowRoot!.querySelector('[role=status].hidden')!.textContent;

  it('shows the roster or the chat beside the stage, one at a time; Escape gives the focus back', async () => {
    const room = await joined();
    const list = await roster(room);
    await waitUntil(() => list.shadowRoot!.activeElement?.part.contains('participant'), 'the focus is in the list');
    expect(visibleText(list)).to.contain('Ada');
    expect(expanded(room)).to.deep.equal(['true', 'false']);
    await expect(room).to.be.accessible();
    button(room, 'chat-toggle').click();
    await settled(room);
    expect(expanded(room)).to.deep.equal(['false', 'true']);
    expect([list.checkVisibility(), (await part(room, 'rtc-chat')).checkVisibility()]).to.deep.equal([false, true]);
    button(room, 'participants-toggle').click();
    await waitUntil(() => list.shadowRoot!.activeElement);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => room.shadowRoot!.activeElement === button(room, 'participants-toggle'));
    expect(expanded(room)).to.deep.equal(['false', 'false']);
  });

  it('counts who waits on the button, and lists them where the roster is open', async () => {
    FakeTopology.standing = { roles: ['host'], host: true, locked: false, knocks: [{ id: 'k', name: 'Kim' }] };
    const room = await joined();
    expect(button(room, 'participants-toggle').ariaLabel).to.equal('Participants, Waiting: 1');
    await waitUntil(() => room.shadowRoot!.querySelector('[part=knocks]'));
    const list = await roster(room);
    expect(room.shadowRoot!.querySelector('[part=knocks]')).to.equal(null);
    expect(visibleText(list)).to.contain('Kim asks to be let in');
  });

  it('does by commands what its buttons do', async () => {
    const room = await joined();
    room.id = 'commanded';
    const command = (name: string) => { room.dispatchEvent(Object.assign(new Event('command'), { command: name })); };
    command('--raise-hand');
    await waitUntil(() => room.room.snapshot.local.hand !== undefined);
    command('--raise-hand');
    await waitUntil(() => room.room.snapshot.local.hand === undefined);
    command('--toggle-chat');
    await settled(room);
    expect(expanded(room)).to.deep.equal(['false', 'true']);
    command('--toggle-participants');
    await settled(room);
    expect(expanded(room)).to.deep.equal(['true', 'false']);
  });

  it('shows a hand on the tile and a reaction over it for a moment, and reads both out', async () => {
    const room = await joined();
    const grid = await part(room, 'rtc-grid');
    const tile = () => [...grid.shadowRoot!.querySelectorAll('rtc-video')].find(({ participant }) => participant === 'a')!;
    const reactions = () => [...tile().shadowRoot!.querySelectorAll('[part=reaction]')].map(({ textContent }) => textContent);
    network().context.onGesture('a', ['hand', 0]);
    network().context.onGesture('a', ['reaction', '🎉']);
    network().context.onGesture('a', ['reaction', '👏']);
    await waitUntil(() => tile().matches(':state(hand)') && reactions().length === 2);
    expect(reactions()).to.deep.equal(['🎉', '👏']);
    expect(tile().shadowRoot!.querySelector('[part=hand]')?.ariaLabel).to.equal('Hand raised');
    await expect(tile()).to.be.accessible();
    expect(said(room)).to.match(/Ada.* raised a hand/).and.to.match(/Ada.* reacts: 🎉/).and.not.to.contain('👏');
    await waitUntil(() => reactions().length === 0, 'they are gone');
  });
});
