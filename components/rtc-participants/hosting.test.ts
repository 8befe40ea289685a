import { expect, html } from '@open-wc/testing';
import { RoomError } from '../../src/index.ts';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { network, part, pictureTrack, roomFixture, settled, soundTrack, view, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-participants.ts';
import type { RtcParticipantsElement } from './rtc-participants.ts';

describe('RtcParticipantsElement of a host', () => {
  afterEach(() => { FakeTopology.standing = undefined; });

  async function hosting(knocks: readonly string[] = []): Promise<RtcParticipantsElement> {
    FakeTopology.standing = { roles: ['host'], host: true, locked: false, knocks: knocks.map((name) => ({ id: name.toLowerCase(), name })) };
    const room = await roomFixture(html`<rtc-participants></rtc-participants>`);
    const element = await part(room, 'rtc-participants');
    await room.join();
    network().arrive('a', 'Ada');
    network().arrive('b', 'Bo');
    network().tell({ type: 'participant-tracks', id: 'a', tracks: [view(soundTrack(), 'microphone'), view(pictureTrack(), 'screen')] });
    network().tell({ type: 'participant-tracks', id: 'b', tracks: [view(soundTrack(), 'microphone')] });
    await settled(element);
    return element;
  }

  const press = async (element: RtcParticipantsElement, name: string) => {
    const found = [...element.shadowRoot!.querySelectorAll<HTMLElement>('button')]
      .find((button) => button.ariaLabel?.replace(/[\u2068\u2069]/g, '') === name || visibleText(button) === name);
    if (!found) throw new Error(`There is no "${name}".`);
    found.focus();
    found.click();
    await settled(element);
  };
  const focused = (element: Element) => element.shadowRoot!.activeElement?.getAttribute('part');
  const asked = () => network().asked;

  it('mutes one, by what is on, and all', async () => {
    const element = await hosting();
    await press(element, 'Actions for Ada');
    await expect(element).to.be.accessible();
    expect(visibleText(element.shadowRoot!.querySelector('[part=actions]')!)).to.equal('Mute microphone Stop screen share Remove');
    await press(element, 'Stop screen share');
    await press(element, 'Mute all');
    await waitUntil(() => asked().length === 3);
    expect(asked()).to.deep.equal([
      { action: 'mute', target: 'a', source: 'screen' }, { action: 'mute', target: 'a', source: 'microphone' },
      { action: 'mute', target: 'b', source: 'microphone' },
    ]);
  });

  it('removes one, and ends it for all, once that was asked back', async () => {
    const element = await hosting();
    await press(element, 'Actions for Bo');
    await press(element, 'Remove');
    expect(focused(element)).to.equal('button cancel');
    expect(visibleText(element)).to.contain('Remove Bo from the room?');
    await expect(element).to.be.accessible();
    await press(element, 'Cancel');
    expect(focused(element)).to.equal('button remove');
    expect(asked()).to.deep.equal([]);
    await press(element, 'Remove');
    await press(element, 'Remove');
    await waitUntil(() => focused(element) === 'participant', 'the focus is on the row');
    await press(element, 'End for all');
    await expect(element).to.be.accessible();
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await waitUntil(() => focused(element) === 'button end');
    expect(asked()).to.deep.equal([{ action: 'remove', target: 'b' }]);
    await press(element, 'End for all');
    await press(element, 'End for all');
    expect(asked().at(-1)).to.deep.equal({ action: 'end' });
  });

  it('locks, and unlocks what the relay says is locked', async () => {
    const element = await hosting();
    await press(element, 'Lock room');
    network().tell({ type: 'room-facts', locked: true });
    await settled(element);
    await press(element, 'Unlock room');
    expect(asked()).to.deep.equal([{ action: 'lock' }, { action: 'unlock' }]);
  });

  it('lets in who waits: one, or all, whoever of them has gone meanwhile', async () => {
    const element = await hosting(['Kim', 'Lee', 'Noa']);
    await expect(element).to.be.accessible();
    await press(element, 'Refuse Lee');
    network().tell({ type: 'knock-ended', id: 'lee' });
    await waitUntil(() => focused(element) === 'knocks', 'the focus is on the list');
    const { moderate } = network();
    network().moderate = (action) => (moderate.call(network(), action), 'target' in action && action.target === 'kim'
      ? Promise.reject(new RoomError('unknown-target', 'Gone.')) : Promise.resolve());
    await press(element, 'Admit all');
    await waitUntil(() => asked().length === 3);
    expect(asked().map((action) => Object.values(action).join(' '))).to.deep.equal(['refuse lee', 'admit kim', 'admit noa']);
  });

  it('offers nothing of this to who is none', async () => {
    const room = await roomFixture(html`<rtc-participants></rtc-participants>`);
    const element = await part(room, 'rtc-participants');
    await room.join();
    network().arrive('a', 'Ada');
    await settled(element);
    expect(element.shadowRoot!.querySelector('[part=host], [part=actions-toggle], [part=waiting]')).to.equal(null);
  });
});
