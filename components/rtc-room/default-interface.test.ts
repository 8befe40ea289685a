import { expect, html } from '@open-wc/testing';
import { RoomError } from '../../src/index.ts';
import { Party } from '../../test/support/guests.ts';
import { button, failureOf, network, part, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import { twoAt } from '../rtc-files/files.testing.ts';
import '../define/stage.ts';
import '../define/rtc-room.ts';
import '../define/rtc-chat.ts';
import '../define/rtc-toasts.ts';
import type { RtcRoomElement } from './rtc-room.ts';

function roomOf(element: Element): RtcRoomElement {
  return [...document.querySelectorAll('rtc-room')].find(({ shadowRoot }) => shadowRoot?.contains(element))!;
}

describe('DefaultInterface', () => {
  let party: Party;
  beforeEach(() => { party = new Party(); });
  afterEach(() => { party.close(); });

  it('brings toasts with the first file, which waits for its answer', async () => {
    const [ada, bo] = await twoAt(party, 'rtc-grid', () => html``);
    const room = roomOf(bo.element);
    const there = () => ['rtc-toasts'].filter((tag) => room.shadowRoot!.querySelector(tag));
    expect(there()).to.deep.equal([]);
    const [file] = await ada.guest.room.files.send(new File(['hello'], 'a.txt'));
    const toasts = await part(room, 'rtc-toasts');
    await waitUntil(() => visibleText(toasts).includes('a.txt'), 'it is offered');
    expect(there()).to.deep.equal(['rtc-toasts']);
    expect(button(room, 'chat-toggle').getAttribute('aria-label')).to.equal('Chat, 1 unread');
    [...toasts.shadowRoot!.querySelectorAll<HTMLButtonElement>('[part=button]')].at(-1)!.click();
    await file!.done;
    await waitUntil(() => button(room, 'chat-toggle').getAttribute('aria-label') === 'Chat', 'nothing waits there');
    button(room, 'chat-toggle').click();
    const chat = await part(room, 'rtc-chat');
    await waitUntil(() => visibleText(chat).includes('a.txt'), 'it stands in the chat');
  });

  it('brings toasts with the first who comes or goes, and tells of them, beside an open chat too', async () => {
    const element = await roomFixture();
    await element.join();
    await waitUntil(() => element.shadowRoot!.querySelector('[part=invite]'), 'somebody watches');
    network().arrive('a', 'Ada');
    const said = () => [...element.shadowRoot!.querySelectorAll('rtc-toasts')].map(visibleText).join();
    await waitUntil(() => said().includes('\u2068Ada\u2069 joined'), 'it was loaded for her');
    button(element, 'chat-toggle').click();
    await settled(element, await part(element, 'rtc-toasts'));
    network().tell({ type: 'participant-gone', id: 'a', reason: 'left' });
    await waitUntil(() => said().includes('\u2068Ada\u2069 left'));
  });

  it('gives who is alone the link to copy, and keeps the focus when somebody comes', async () => {
    const element = await roomFixture();
    await part(element, 'rtc-lobby');
    expect(element.shadowRoot!.querySelector('[part=invite]') === null).to.equal(true);
    await element.join();
    await waitUntil(() => element.shadowRoot!.querySelector('[part=invite]'), 'it is there');
    await expect(element).to.be.accessible();
    const copied: string[] = [];
    const { clipboard } = navigator;
    const put = clipboard.writeText.bind(clipboard);
    const notice = () => visibleText(element.shadowRoot!.querySelector('[part=invite]')!);
    try {
      clipboard.writeText = (text) => { copied.push(text); return Promise.resolve(); };
      const copy = button(element, 'copy-link');
      copy.focus();
      copy.click();
      await waitUntil(() => notice() === 'Link copied Copy link');
      clipboard.writeText = () => Promise.reject(new DOMException('No.', 'NotAllowedError'));
      copy.click();
      await waitUntil(() => element.shadowRoot!.activeElement?.matches('[part=invite-link]'), 'it is selected');
      expect(element.shadowRoot!.querySelector<HTMLInputElement>('[part=invite-link]')!.value).to.equal(element.inviteUrl());
      await expect(element).to.be.accessible();
    } finally {
      clipboard.writeText = put;
    }
    expect(copied).to.deep.equal([element.inviteUrl()]);
    network().tell({ type: 'relay-lost' });
    await settled(element);
    expect(element.shadowRoot!.activeElement?.matches('[part=invite-link]'), 'it does not go with the relay').to.equal(true);
    network().tell({ type: 'relay-back' });
    network().arrive('a', 'Ada');
    await waitUntil(() => element.shadowRoot!.activeElement?.matches('[part=stage]'));
    expect(element.shadowRoot!.querySelector('[part=invite]') === null).to.equal(true);
    network().tell({ type: 'participant-gone', id: 'a', reason: 'left' });
    await waitUntil(() => element.shadowRoot!.querySelector('[part=invite]'));
    expect(notice()).to.equal('You are the only one here. Copy link');
  });

  it('takes no files for a page that arranges its own elements, from the moment it does', async () => {
    const [ada, bo] = await twoAt(party, 'rtc-grid', () => html``);
    const room = roomOf(bo.element);
    room.append(document.createElement('rtc-grid'));
    await waitUntil(() => room.matches(':state(arranged)'));
    await settled(room);
    const [file] = await ada.guest.room.files.send(new File(['hello'], 'a.txt'));
    expect(await failureOf(file!.done)).to.have.property('code', 'file-refused');
  });

  it('shows the lobby, then the stage, then the lobby again', async () => {
    const element = await roomFixture();
    await part(element, 'rtc-lobby');
    await expect(element).to.be.accessible();
    await element.join();
    network().arrive('a', 'Ada');
    await part(element, 'rtc-grid');
    await part(element, 'rtc-controls');
    expect(element.matches(':state(joined)')).to.equal(true);
    await expect(element).to.be.accessible();
    await element.leave();
    await part(element, 'rtc-lobby');
  });

  it('gives way to elements of the page, but not to white space', async () => {
    const blank = await roomFixture(html`\n  <!-- nothing -->\n`);
    await part(blank, 'rtc-lobby');
    const arranged = await roomFixture(html`<rtc-controls></rtc-controls>`);
    expect(arranged.shadowRoot!.querySelector('rtc-lobby')).to.equal(null);
    button(await part(arranged, 'rtc-controls'), 'join').click();
    await waitUntil(() => arranged.room.snapshot.state === 'joined');
    arranged.replaceChildren();
    await part(arranged, 'rtc-grid');
  });

  it('counts what was written while the chat was closed, and moves the focus with it', async () => {
    const element = await roomFixture();
    await element.join();
    network().arrive('a', 'Ada');
    network().say('a', 'chat', { id: '1', text: 'one' });
    network().say('a', 'chat', { id: '2', text: 'two' });
    await part(element, 'rtc-grid');
    await settled(element);
    const toggle = button(element, 'chat-toggle');
    expect(toggle.getAttribute('aria-label')).to.equal('Chat, 2 unread');
    toggle.click();
    await settled(element);
    await waitUntil(() => element.shadowRoot!.activeElement?.localName === 'rtc-chat');
    expect(toggle.getAttribute('aria-label')).to.equal('Chat');
    expect(toggle.getAttribute('aria-expanded')).to.equal('true');
    await expect(element).to.be.accessible();
    element.shadowRoot!.querySelector('rtc-chat')!
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await waitUntil(() => element.shadowRoot!.activeElement === toggle);
  });

  it('is legible in the dark too', async () => {
    document.documentElement.style.colorScheme = 'dark';
    try {
      const element = await roomFixture();
      await part(element, 'rtc-lobby');
      await expect(element).to.be.accessible();
      await element.join();
      network().arrive('a', 'Ada');
      network().say('a', 'chat', { id: '1', text: 'hello' });
      element.room.sendMessage('hello');
      network().tell({ type: 'relay-lost' });
      network().tell({ type: 'error', error: new RoomError('no-path', 'Nothing came through.') });
      await part(element, 'rtc-grid');
      button(element, 'chat-toggle').click();
      await settled(element);
      await expect(element).to.be.accessible();
    } finally {
      document.documentElement.style.colorScheme = '';
    }
  });

  it('hands the focus from the lobby to the stage', async () => {
    const element = await roomFixture();
    const join = button(await part(element, 'rtc-lobby'), 'join-without');
    join.focus();
    join.click();
    await waitUntil(() => element.shadowRoot!.activeElement?.matches('[part=stage]'));
  });

  it('hands the focus from the stage to the button that joins', async () => {
    const element = await roomFixture();
    await element.join();
    const controls = await part(element, 'rtc-controls');
    const leave = button(controls, 'leave');
    leave.focus();
    leave.click();
    const lobby = await part(element, 'rtc-lobby');
    await waitUntil(() => lobby.shadowRoot!.activeElement === button(lobby, 'join'));
  });

  it('leaves the focus where it is when one leaves from elsewhere', async () => {
    const element = await roomFixture();
    await element.join();
    await part(element, 'rtc-controls');
    await element.leave();
    await settled(await part(element, 'rtc-lobby'));
    expect(document.activeElement).to.equal(document.body);
  });
});
