import { expect, fixture, html } from '@open-wc/testing';
import { RoomError } from '../../src/index.ts';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { button, fakeRoom, network, readOut, part, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import type { Standing } from '../../src/index.ts';
import type { RtcRoomElement } from './rtc-room.ts';

const HOST: Standing = { roles: ['host'], host: true, locked: false, knocks: [{ id: 'k1', name: 'Kim' }] };
const partsOf = (element: Element, name: string) => [...element.shadowRoot!.querySelectorAll<HTMLElement>(`[part~="${name}"]`)];

describe('RtcRoomElement, moderated', () => {
  afterEach(() => {
    FakeTopology.standing = undefined;
    FakeTopology.renewing = () => Promise.resolve(undefined);
  });

  async function hosting(): Promise<RtcRoomElement> {
    FakeTopology.standing = HOST;
    const element = await roomFixture();
    await element.join();
    await waitUntil(() => partsOf(element, 'knock').length > 0);
    return element;
  }

  describe('to a host', () => {
    it('shows who knocks, and asks the relay by a click', async () => {
      const element = await hosting();
      expect(visibleText(partsOf(element, 'knock')[0]!)).to.contain('Kim asks to be let in');
      await expect(element).to.be.accessible();
      button(element, 'admit').click();
      await waitUntil(() => network().asked.length === 1);
      expect(network().asked).to.deep.equal([{ action: 'admit', target: 'k1' }]);
      // Still there: the relay has not said yet that it is settled.
      expect(partsOf(element, 'knock')).to.have.length(1);
      network().tell({ type: 'knock-ended', id: 'k1' });
      await settled(element);
      expect(partsOf(element, 'knocks')).to.have.length(0);
    });

    it('names each button after whom it is for, who may be called the same', async () => {
      const element = await hosting();
      network().tell({ type: 'knock', knock: { id: 'k2', name: 'Kim' } });
      await settled(element);
      const labels = partsOf(element, 'refuse').map((one) => one.ariaLabel);
      expect(labels[0]).to.equal('Refuse \u2068Kim\u2069 \u2066#k1\u2069');
      expect(new Set(labels).size).to.equal(2);
    });

    it('takes the focus from an answered row to the list, and from the last one to the stage', async () => {
      const element = await hosting();
      network().tell({ type: 'knock', knock: { id: 'k2', name: 'Lee' } });
      await settled(element);
      const focused = () => element.shadowRoot!.activeElement?.getAttribute('part');
      button(element, 'admit').focus();
      network().tell({ type: 'knock-ended', id: 'k1' });
      await waitUntil(() => focused() === 'knocks');
      button(element, 'refuse').focus();
      network().tell({ type: 'knock-ended', id: 'k2' });
      await waitUntil(() => focused() === 'stage');
    });

    it('shows what the relay refuses', async () => {
      const element = await hosting();
      network().moderate = () => Promise.reject(new RoomError('room-full', 'Full.'));
      button(element, 'admit').click();
      await waitUntil(() => visibleText(element).includes('The room is full.'));
    });

    it('reads out knocks and locks', async () => {
      const element = await hosting();
      const region = await readOut(element);
      network().tell({ type: 'knock', knock: { id: 'k2', name: 'Lee' } });
      network().tell({ type: 'room-facts', locked: true });
      await settled(element);
      expect(region.textContent).to.match(/Lee.* asks to be let in/).and.to.contain('The room is locked');
    });
  });

  it('tells as DOM events what a host does and hears', async () => {
    const element = await hosting();
    const seen: unknown[] = [];
    const types = ['rtc-knock', 'rtc-knock-ended', 'rtc-lock-changed', 'rtc-muted-by-host', 'rtc-token-expiring'] as const;
    for (const type of types) element.addEventListener(type, ({ type: name, detail }) => { seen.push([name, detail]); });
    await element.toggleMicrophone();
    network().tell({ type: 'knock', knock: { id: 'k2', name: 'Lee' } });
    network().tell({ type: 'knock-ended', id: 'k2' });
    network().tell({ type: 'room-facts', locked: true });
    network().tell({ type: 'mute-asked', by: 'k9', source: 'microphone' });
    expect(seen).to.deep.equal([
      ['rtc-knock', { knock: { id: 'k2', name: 'Lee' } }], ['rtc-knock-ended', { knock: { id: 'k2', name: 'Lee' } }],
      ['rtc-lock-changed', { locked: true }], ['rtc-muted-by-host', { by: 'k9', source: 'microphone' }],
    ]);
    element.room.close();
  });

  it('says who switched the microphone off, until it is on again or that is dismissed', async () => {
    const element = await roomFixture();
    await element.join();
    const mute = async () => {
      await element.toggleMicrophone();
      network().tell({ type: 'mute-asked', by: 'a', source: 'microphone' });
      await settled(element);
    };
    const notice = () => partsOf(element, 'notice').map(({ textContent }) => textContent.trim());
    await mute();
    expect(notice()).to.deep.equal(['A host switched your microphone off.']);
    await expect(element).to.be.accessible();
    await element.toggleMicrophone();
    await settled(element);
    expect(notice()).to.deep.equal([]);
    element.room.disable('microphone');
    await mute();
    button(element, 'dismiss').click();
    await settled(element);
    expect(notice()).to.deep.equal([]);
    await mute();
    expect(notice()).to.have.length(1);
    const former = element.room;
    element.room = fakeRoom('other');
    await settled(element);
    expect(notice(), 'of another room').to.deep.equal([]);
    for (const room of [former, element.room]) room.close();
  });

  it('takes a token set during the call to the relay, and shows a refusal', async () => {
    const element = await fixture<RtcRoomElement>(html`<rtc-room .room=${fakeRoom()} token="first"></rtc-room>`);
    await element.join();
    element.token = 'second';
    await settled(element);
    FakeTopology.renewing = () => Promise.reject(new RoomError('unauthorized', 'No.'));
    element.token = 'bad';
    await waitUntil(() => visibleText(element).includes('You are not allowed to join this room.'));
    expect(network().tokens).to.deep.equal(['second', 'bad']);
  });
});

describe('RtcLobbyElement, waiting', () => {
  it('says that one waits, to everyone, and lets one give up', async () => {
    const room = await roomFixture();
    const lobby = await part(room, 'rtc-lobby');
    let asked = false;
    FakeTopology.joining = () => new Promise(() => { asked = true; });
    button(lobby, 'join-without').focus();
    button(lobby, 'join-without').click();
    await waitUntil(() => asked);
    network().tell({ type: 'waiting' });
    await waitUntil(() => lobby.shadowRoot!.activeElement?.getAttribute('part') === 'waiting', 'the focus is on what took the place');
    expect(lobby.shadowRoot!.querySelector('[role=status]')?.textContent).to.equal('A host will let you in. Please wait…');
    expect(room.matches(':state(waiting)')).to.equal(true);
    await expect(lobby).to.be.accessible();
    button(lobby, 'give-up').focus();
    button(lobby, 'give-up').click();
    await waitUntil(() => lobby.shadowRoot!.activeElement?.getAttribute('part')?.includes('join'));
    expect([room.room.snapshot.state, network().left]).to.deep.equal(['idle', 'leave']);
    expect(partsOf(room, 'error')).to.deep.equal([]);
  });

  it('becomes the stage when one is let in, and says so when one is not', async () => {
    const room = await roomFixture();
    const lobby = await part(room, 'rtc-lobby');
    let refuse: ((error: Error) => void) | undefined;
    FakeTopology.joining = () => new Promise((_, reject) => { refuse = reject; });
    button(lobby, 'join-without').click();
    await waitUntil(() => refuse);
    network().tell({ type: 'waiting' });
    refuse?.(new RoomError('knock-refused', 'No.'));
    await waitUntil(() => visibleText(room).includes('You were not let in.'));
    refuse = undefined;
    button(lobby, 'join-without').click();
    await waitUntil(() => refuse);
    network().tell({ type: 'waiting' });
    await settled(lobby);
    network().tell({ type: 'joined', id: 'me' });
    await waitUntil(() => room.shadowRoot!.querySelector('[part=stage]'));
    expect(visibleText(room)).not.to.contain('You were not let in.');
  });
});
