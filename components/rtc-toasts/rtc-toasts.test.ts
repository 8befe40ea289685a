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

/** What a live region of it says. */
const read = (toasts: RtcToastsElement) => toasts.shadowRoot!.querySelector('[role=status]')!.textContent.trim();

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
    await waitUntil(() => toasts.shadowRoot!.activeElement?.matches('[part=list]'));
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
      const offer = '\u2068Ada\u2069 offers you a file: \u2068a.txt\u2069';
      await waitUntil(() => read(bo.element) === offer, 'it is read out');
      expect(text()).to.contain(`${offer} Decline Accept`);
      await expect(bo.element).to.be.accessible();
      const buttons = [...bo.element.shadowRoot!.querySelectorAll<HTMLButtonElement>('[part=button]')];
      buttons.find(({ textContent }) => textContent.trim() === 'Accept')!.click();
      await waitUntil(() => text().includes('\u2068a.txt\u2069 is here. Save'), 'it can be saved');
      expect(visibleText(ada.element)).not.to.contain('a.txt');
    } finally {
      party.close();
    }
  });
});
