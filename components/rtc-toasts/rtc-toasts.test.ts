import { expect, html } from '@open-wc/testing';
import { RoomError } from '../../src/index.ts';
import { Party } from '../../test/support/guests.ts';
import { button, network, part, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import { twoAt } from '../rtc-files/files.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-toasts.ts';
import type { RtcToastsElement } from './rtc-toasts.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';

async function toasting(kinds?: string): Promise<{ room: RtcRoomElement; toasts: RtcToastsElement; shown: () => string[] }> {
  const room = await roomFixture(kinds ? html`<rtc-toasts kinds=${kinds}></rtc-toasts>` : html`<rtc-toasts></rtc-toasts>`);
  const toasts = await part(room, 'rtc-toasts');
  await room.join();
  const shown = () => [...toasts.shadowRoot!.querySelectorAll('[part=toast-text]')].map(({ textContent }) => textContent);
  return { room, toasts, shown };
}

/** While it lasts, what takes seconds takes a hundredth of them. */
async function quickly(work: () => Promise<void>): Promise<void> {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = ((...[run, ms = 0]: Parameters<typeof setTimeout>) => setTimeout(run, ms / 100)) as typeof setTimeout;
  await work().finally(() => { globalThis.setTimeout = setTimeout; });
}

/** What a live region of it says. */
const read = (toasts: RtcToastsElement) => toasts.shadowRoot!.querySelector('[role=status]')!.textContent.trim();

const isInList = ({ shadowRoot }: Element) => shadowRoot!.activeElement?.matches('[part=list]') === true;

describe('RtcToastsElement', () => {
  it('tells who comes and goes, and leaves the reading out to the room', async () => {
    const { toasts, shown } = await toasting();
    expect(toasts.matches(':state(empty)')).to.equal(true);
    network().arrive('a', 'Ada');
    await settled(toasts);
    expect([shown(), read(toasts), toasts.matches(':state(empty)')]).to.deep.equal([['\u2068Ada\u2069 joined'], '', false]);
    await expect(toasts).to.be.accessible();
    network().tell({ type: 'participant-gone', id: 'a', reason: 'left' });
    await settled(toasts);
    expect(shown()).to.deep.equal(['\u2068Ada\u2069 left']);
    button(toasts, 'close').click();
    await settled(toasts);
    expect(shown()).to.deep.equal([]);
  });

  it('shows the latest two of who comes and goes where it is narrow', async () => {
    const { toasts } = await toasting();
    for (const id of ['a', 'b', 'c', 'd']) network().arrive(id, id);
    await settled(toasts);
    const list = toasts.shadowRoot!.querySelector<HTMLElement>('[part=list]')!;
    const seen = () => [...list.children].filter((one) => one.checkVisibility()).length;
    expect(seen()).to.equal(4);
    toasts.style.inlineSize = '20rem';
    expect(seen()).to.equal(2);
  });

  it('tells of those one found only once they have gone and are back', async () => {
    const room = await roomFixture();
    await room.join();
    network().arrive('a', 'Ada');
    room.append(document.createElement('rtc-toasts'));
    const toasts = await part(room, 'rtc-toasts');
    const says = () => visibleText(toasts);
    expect(says()).not.to.include('Ada');
    network().tell({ type: 'participant-gone', id: 'a', reason: 'left' });
    await settled(toasts);
    expect(says()).to.include('\u2068Ada\u2069 left');
    network().arrive('a', 'Ada');
    await settled(toasts);
    expect(says()).to.include('\u2068Ada\u2069 joined');
  });

  it('shows what the room shows itself only where it is asked to', async () => {
    const fail = (room: RtcRoomElement) => {
      network().tell({ type: 'error', error: new RoomError('no-path', 'x') });
      expect(room.room.snapshot.state).to.equal('joined');
    };
    const usual = await toasting();
    fail(usual.room);
    await settled(usual.toasts);
    expect(usual.shown()).to.deep.equal([]);
    const asked = await toasting('errors muted');
    fail(asked.room);
    network().arrive('a', 'Ada');
    await settled(asked.toasts);
    expect(asked.shown()).to.deep.equal(['No connection to a participant could be made.']);
  });

  it('lets one switch on again what a host has muted', async () => {
    const { room, toasts, shown } = await toasting('muted');
    await room.toggleMicrophone();
    network().arrive('a', 'Ada');
    network().tell({ type: 'mute-asked', by: 'a', source: 'microphone' });
    await settled(toasts);
    expect(shown()).to.deep.equal(['A host switched your microphone off.']);
    button(toasts, 'button').click();
    await waitUntil(() => room.room.snapshot.local.microphone.state === 'on');
    expect(shown()).to.deep.equal([]);
  });

  it('goes by Escape, and the focus stays among those that are left', async () => {
    const { toasts, shown } = await toasting();
    network().arrive('a', 'Ada');
    network().arrive('b', 'Bo');
    await settled(toasts);
    const close = button(toasts, 'close');
    close.focus();
    close.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled(toasts);
    expect(shown()).to.deep.equal(['\u2068Bo\u2069 joined']);
    await waitUntil(() => isInList(toasts));
  });

  it('keeps the focus where the last one goes, by a key or by itself, and lets later ones pass', async () => {
    const { room, toasts, shown } = await toasting();
    network().arrive('a', 'Ada');
    await settled(toasts);
    button(toasts, 'close').focus();
    button(toasts, 'close').click();
    await waitUntil(() => shown().length === 0);
    expect(isInList(toasts)).to.equal(true);
    await quickly(async () => {
      network().arrive('b', 'Bo');
      await waitUntil(() => shown().length === 1);
      await waitUntil(() => shown().length === 0, 'the later one passes');
    });
    network().arrive('c', 'Cem');
    await settled(toasts);
    button(toasts, 'close').focus();
    await room.leave();
    await settled(toasts);
    expect([shown(), isInList(toasts)]).to.deep.equal([[], true]);
  });

  it('lets time pass again once it is put back after somebody pointed at it', async () => {
    const { room, toasts, shown } = await toasting();
    network().arrive('a', 'Ada');
    await settled(toasts);
    toasts.shadowRoot!.querySelector('[part=list]')!.dispatchEvent(new PointerEvent('pointerenter'));
    toasts.remove();
    room.append(toasts);
    await settled(toasts);
    await quickly(async () => {
      network().arrive('b', 'Bo');
      await waitUntil(() => shown().length === 1);
      await waitUntil(() => shown().length === 0, 'it passes');
    });
  });

  it('says nothing more once one has left', async () => {
    const { room, toasts, shown } = await toasting();
    network().arrive('a', 'Ada');
    await settled(toasts);
    await room.leave();
    await settled(toasts);
    expect(shown()).to.deep.equal([]);
  });

  it('offers files, reads that out, and saves them', async () => {
    const party = new Party();
    try {
      const [ada, bo] = await twoAt(party, 'rtc-toasts', () => html`<div><rtc-toasts></rtc-toasts></div>`);
      const text = () => visibleText(bo.element);
      await ada.guest.room.files.send(new File(['hello'], 'a.txt'));
      const offer = '\u2068Ada\u2069 offers you a file: \u2068a.txt\u2069 (\u20685 byte\u2069)';
      await waitUntil(() => read(bo.element) === offer, 'it is read out');
      expect(text()).to.contain(`${offer} Decline Accept`);
      await expect(bo.element).to.be.accessible();
      const buttons = [...bo.element.shadowRoot!.querySelectorAll<HTMLButtonElement>('[part=button]')];
      buttons.find(({ textContent }) => textContent.trim() === 'Accept')!.click();
      await waitUntil(() => text().includes('\u2068a.txt\u2069 is here. Save'), 'it can be saved');
      expect(bo.element.shadowRoot!.querySelector('progress') === null).to.equal(true);
      expect(visibleText(ada.element)).not.to.contain('a.txt');
    } finally {
      party.close();
    }
  });

  it('shows an offer until it is answered, wherever the element is moved to', async () => {
    const party = new Party();
    try {
      const [ada, bo] = await twoAt(party, 'rtc-toasts', () => html`<div><rtc-toasts></rtc-toasts></div><p></p>`);
      const isShown = () => visibleText(bo.element).includes('a.txt');
      const [transfer] = await ada.guest.room.files.send(new File(['hello'], 'a.txt'));
      await waitUntil(isShown);
      bo.element.parentElement!.nextElementSibling!.append(bo.element);
      await settled(bo.element);
      expect(isShown(), 'moved').to.equal(true);
      const answer = button(bo.element, 'button');
      answer.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      await settled(bo.element);
      expect([isShown(), bo.element.shadowRoot!.querySelector('[part=close]') === null]).to.deep.equal([true, true]);
      answer.focus();
      transfer!.cancel();
      await waitUntil(() => !isShown(), 'nobody offers it any more');
      expect(isInList(bo.element)).to.equal(true);
    } finally {
      party.close();
    }
  });
});
