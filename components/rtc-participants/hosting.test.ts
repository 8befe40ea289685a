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
    network().tell({ type: 'knock-ended', id: 'kim' });
    await waitUntil(() => focused(element) === 'knocks', 'the button is gone, the list has the focus');
    network().tell({ type: 'knock-ended', id: 'noa' });
    await waitUntil(() => focused(element) === 'participant', 'nobody waits any more');
  });

  it('asks nothing about who has left, nor who is host no longer', async () => {
    const element = await hosting();
    const escapes = () => {
      let heard = false;
      element.parentElement!.addEventListener('keydown', () => { heard = true; }, { once: true });
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      return heard;
    };
    await press(element, 'Actions for Ada');
    await press(element, 'Remove');
    network().tell({ type: 'participant-gone', id: 'a', reason: 'left' });
    await settled(element);
    expect(escapes(), 'it is for others').to.equal(true);
    network().arrive('a', 'Ada');
    await settled(element);
    expect(element.shadowRoot!.querySelector('[part=question], [part=actions]')).to.equal(null);
    await press(element, 'End for all');
    network().tell({ type: 'relay-lost' });
    network().tell({ type: 'relay-back', standing: { roles: [], host: false, locked: false, knocks: [] } });
    await settled(element);
    expect(escapes()).to.equal(true);
  });

  it('shows to everyone that the room is locked', async () => {
    const room = await roomFixture(html`<rtc-participants></rtc-participants>`);
    await room.join();
    const element = await part(room, 'rtc-participants');
    const locked = () => element.shadowRoot!.querySelector('[part=locked]');
    expect(locked()).to.equal(null);
    network().tell({ type: 'room-facts', locked: true });
    await settled(element);
    expect(visibleText(locked()!)).to.equal('The room is locked');
    await expect(element).to.be.accessible();
  });

  it('has its buttons in even lines, whatever they say', async () => {
    const element = await hosting();
    element.style.inlineSize = '336px';
    const lines = (box: string) => [...element.shadowRoot!.querySelectorAll(`[part=${box}] button`)].map((one) => {
      const { top, width } = one.getBoundingClientRect();
      return [Math.round(top), Math.round(width)];
    });
    const even = ([one, other] = lines('host')) => { expect(other).to.deep.equal(one); };
    even();
    network().tell({ type: 'room-facts', locked: true });
    await settled(element);
    even();
    await press(element, 'Actions for Ada');
    expect(new Set(lines('actions').map(([, width]) => width)).size, 'one width').to.equal(1);
    await press(element, 'Remove');
    even(lines('question'));
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
