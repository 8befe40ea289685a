import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { RoomError } from '../../src/index.ts';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { setDefaultServer } from '../internal/default-server.ts';
import {
  button, fakeRoom, network, part, pictureTrack, roomFixture, settled, view, visibleText, waitUntil,
} from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import '../define/rtc-chat.ts';
import type { ParticipantState } from '../../src/index.ts';
import type { RtcErrorEvent } from '../events.ts';
import type { RtcRoomElement } from './rtc-room.ts';

function record(element: EventTarget, ...types: string[]): string[] {
  const seen: string[] = [];
  for (const type of types) element.addEventListener(type, ({ type: name }) => { seen.push(name); });
  return seen;
}

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const outcome: unknown = await promise.catch((error: unknown) => error);
  if (outcome instanceof Error) return outcome; // A DOMException is one, too.
  throw new Error('It did not fail.');
}

/** Until the browser has run what `setTimeout(0)` put behind it: the grace of a removal. */
const nextTask = () => new Promise((resolve) => { setTimeout(resolve, 0); });

describe('RtcRoomElement', () => {
  describe('attributes and properties', () => {
    it('has a property for every attribute, booleans off by default', async () => {
      const element = await fixture<RtcRoomElement>(html`<rtc-room name="a" server="https://r.test" display-name="Ada" token="t"
        relay-only private-name></rtc-room>`);
      const { name, server, displayName, token, relayOnly, privateName, autojoin } = element;
      expect([name, server, displayName, token, relayOnly, privateName, autojoin])
        .to.deep.equal(['a', 'https://r.test', 'Ada', 't', true, true, false]);
      expect(element.room.snapshot.name).to.equal('a');
      expect(element.room.snapshot.local.name).to.equal('Ada');
    });

    it('keeps properties that were set before the upgrade', async () => {
      const room = fakeRoom('early');
      const element = Object.assign(document.createElement('rtc-room-later'), { room, displayName: 'Early' });
      document.body.append(element);
      const { RtcRoomElement } = await import('./rtc-room.ts');
      customElements.define('rtc-room-later', class extends RtcRoomElement {});
      await settled(element as unknown as RtcRoomElement);
      expect(element.room).to.equal(room);
      expect(room.snapshot.local.name).to.equal('Early');
      element.remove();
    });

    it('takes attributes that come later into the next join', async () => {
      const element = await fixture<RtcRoomElement>(html`<rtc-room name="a" server="https://r.test"></rtc-room>`);
      element.setAttribute('name', 'b');
      element.setAttribute('display-name', 'Later');
      await settled(element);
      expect(element.room.snapshot.name).to.equal('b');
      expect(element.room.snapshot.local.name).to.equal('Later');
    });
  });

  describe('joining and leaving', () => {
    it('tells what happens as DOM events that leave every shadow', async () => {
      const element = await roomFixture();
      const seen = record(document, 'rtc-before-join', 'rtc-joined', 'rtc-participant-joined', 'rtc-track-added',
        'rtc-message-received', 'rtc-track-removed', 'rtc-participant-left', 'rtc-before-leave', 'rtc-left');
      await element.join();
      network().arrive('a', 'Ada');
      network().tell({ type: 'participant-tracks', id: 'a', tracks: [view(pictureTrack(), 'camera')] });
      network().say('a', 'chat', { id: '1', text: 'hello' });
      network().tell({ type: 'participant-gone', id: 'a', reason: 'leave' });
      await element.leave();
      expect(seen).to.deep.equal(['rtc-before-join', 'rtc-joined', 'rtc-participant-joined', 'rtc-track-added',
        'rtc-message-received', 'rtc-track-removed', 'rtc-participant-left', 'rtc-before-leave', 'rtc-left']);
    });

    it('gives events a typed detail', async () => {
      const element = await roomFixture();
      setTimeout(() => { void element.join(); });
      const changed = await oneEvent<HTMLElementEventMap['rtc-state-changed']>(element, 'rtc-state-changed');
      expect(changed.detail).to.deep.equal({ state: 'joining', previous: 'idle' });
      expect(changed.bubbles && changed.composed && !changed.cancelable).to.equal(true);
    });

    it('does not join or leave where the page prevents it', async () => {
      const element = await roomFixture();
      element.addEventListener('rtc-before-join', (event) => { event.preventDefault(); }, { once: true });
      expect((await failureOf(element.join())).name).to.equal('AbortError');
      expect(element.room.snapshot.state).to.equal('idle');
      await element.join();
      element.addEventListener('rtc-before-leave', (event) => { event.preventDefault(); }, { once: true });
      expect((await failureOf(element.leave())).name).to.equal('AbortError');
      expect(element.room.snapshot.state).to.equal('joined');
      expect(visibleText(element)).not.to.contain('AbortError');
    });

    it('joins by `autojoin` to listen: nothing is captured', async () => {
      const element = await fixture<RtcRoomElement>(html`<rtc-room .room=${fakeRoom()} autojoin></rtc-room>`);
      await waitUntil(() => element.room.snapshot.state === 'joined');
      expect(element.room.snapshot.local.tracks).to.deep.equal([]);
    });

    it('leaves when it is removed, and stops what it captured', async () => {
      const element = await roomFixture();
      await element.join();
      await element.toggleCamera();
      const track = element.room.snapshot.local.tracks[0]!.track!;
      const left = oneEvent(element, 'rtc-left');
      element.remove();
      await left;
      expect(track.readyState).to.equal('ended');
      expect(network().left).to.equal('leave');
    });

    it('does not leave when it is moved, by whatever means', async () => {
      const element = await roomFixture();
      await element.join();
      const seen = record(element, 'rtc-left');
      const elsewhere = await fixture<HTMLElement>(html`<div></div>`);
      elsewhere.append(element);
      await nextTask();
      if ('moveBefore' in Element.prototype) document.body.moveBefore(element, null);
      await nextTask();
      expect(seen).to.deep.equal([]);
      expect(element.room.snapshot.state).to.equal('joined');
      element.remove();
      await nextTask();
    });

    it('stays one room where a framework mounts it twice', async () => {
      const box = await fixture<HTMLElement>(html`<div></div>`);
      const joins: string[] = [];
      const element = Object.assign(document.createElement('rtc-room'), { room: fakeRoom(), autojoin: true });
      element.addEventListener('rtc-before-join', ({ type }) => { joins.push(type); });
      box.append(element);
      element.remove();
      box.append(element);
      await waitUntil(() => element.room.snapshot.state === 'joined');
      await nextTask();
      expect(joins).to.have.length(1);
      expect(element.room.snapshot.state).to.equal('joined');
    });
  });

  describe('autojoin', () => {
    async function autojoined(): Promise<RtcRoomElement> {
      const element = await fixture<RtcRoomElement>(html`<rtc-room .room=${fakeRoom()} autojoin></rtc-room>`);
      await waitUntil(() => element.room.snapshot.state === 'joined');
      return element;
    }
    async function staysOut(element: RtcRoomElement): Promise<void> {
      await nextTask();
      await settled(element);
      expect(element.room.snapshot.state).to.equal('idle');
    }

    it('does not join again after one left, whatever happened during the call', async () => {
      const element = await autojoined();
      element.parentElement!.append(element);
      element.removeAttribute('autojoin');
      await settled(element);
      element.setAttribute('autojoin', '');
      await settled(element);
      await element.leave();
      await staysOut(element);
    });

    it('does not join again where the element is moved after one left', async () => {
      const element = await autojoined();
      await element.leave();
      element.parentElement!.append(element);
      await staysOut(element);
    });

    it('joins again where the element was taken away and comes back', async () => {
      const element = await autojoined();
      const { parentElement } = element;
      element.remove();
      await waitUntil(() => element.room.snapshot.state === 'idle');
      parentElement!.append(element);
      await waitUntil(() => element.room.snapshot.state === 'joined');
    });
  });

  describe('commands', () => {
    async function obey(): Promise<void> {
      const box = await fixture<HTMLElement>(html`<div><rtc-room id="commanded" .room=${fakeRoom()}></rtc-room>
        <button commandfor="commanded" command="--join">Join</button>
        <button commandfor="commanded" command="--leave">Leave</button></div>`);
      const element = box.querySelector('rtc-room')!;
      const [join, leave] = [...box.querySelectorAll('button')];
      const asked = record(element, 'rtc-before-join', 'rtc-before-leave');
      join!.click();
      await waitUntil(() => element.room.snapshot.state === 'joined');
      leave!.click();
      await waitUntil(() => element.room.snapshot.state === 'idle');
      expect(asked).to.deep.equal(['rtc-before-join', 'rtc-before-leave']);
    }

    it('obeys invoker commands', obey);

    it('obeys the same buttons where the browser has no invoker commands', async () => {
      const descriptor = Object.getOwnPropertyDescriptor(HTMLButtonElement.prototype, 'commandForElement');
      const silenced = new AbortController();
      const silence = (event: Event) => { event.stopImmediatePropagation(); };
      window.addEventListener('command', silence, { capture: true, signal: silenced.signal });
      Reflect.deleteProperty(HTMLButtonElement.prototype, 'commandForElement');
      try {
        await obey();
      } finally {
        silenced.abort();
        if (descriptor) Object.defineProperty(HTMLButtonElement.prototype, 'commandForElement', descriptor);
      }
    });
  });

  describe('failures', () => {
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

  describe('the default interface', () => {
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

    it('announces only what is new: what was said stays as it is', async () => {
      const element = await roomFixture();
      await element.join();
      await settled(element);
      const region = element.shadowRoot!.querySelector('.hidden[role=status]')!;
      expect(region.getAttribute('aria-atomic')).to.equal('false');
      for (const id of ['a', 'b', 'c']) network().arrive(id, id);
      await settled(element);
      const before = [...region.children];
      network().arrive('d', 'Dan');
      await settled(element);
      const after = [...region.children];
      expect(before.slice(1).every((line, index) => line === after[index])).to.equal(true);
      expect(after.at(-1)!.textContent).to.contain('Dan');
    });

    it('announces whose connection is interrupted, restored, or could not be made', async () => {
      const element = await roomFixture();
      await element.join();
      network().arrive('a', 'Ada');
      await settled(element);
      const region = element.shadowRoot!.querySelector('.hidden[role=status]')!;
      const lastOf = async (state: ParticipantState, reason?: string) => {
        network().tell({ type: 'participant-state', id: 'a', state, levels: [], ...(reason && { reason }) });
        await settled(element);
        return region.lastElementChild!.textContent;
      };
      expect(await lastOf('interrupted', 'silent')).to.equal('Connection to \u2068Ada\u2069 interrupted');
      expect(await lastOf('connected')).to.equal('Connection to \u2068Ada\u2069 restored');
      expect(await lastOf('connecting', 'no-path')).to.equal('No connection to \u2068Ada\u2069');
      const said = region.children.length;
      expect(await lastOf('connecting', 'no-path')).to.equal('No connection to \u2068Ada\u2069');
      expect(region.children.length).to.equal(said);
    });

    it('announces who comes and goes', async () => {
      const element = await roomFixture();
      await element.join();
      network().arrive('a', 'Ada');
      await settled(element);
      const region = element.shadowRoot!.querySelector('.hidden[role=status]')!;
      expect(region.textContent).to.contain('\u2068Ada\u2069 joined');
      network().tell({ type: 'participant-gone', id: 'a', reason: 'leave' });
      await settled(element);
      expect(region.textContent).to.contain('\u2068Ada\u2069 left');
    });

    it('says that it reconnects', async () => {
      const element = await roomFixture();
      await element.join();
      network().tell({ type: 'relay-lost' });
      await settled(element);
      expect(element.matches(':state(reconnecting)')).to.equal(true);
      expect(visibleText(element)).to.contain('Reconnecting');
    });
  });
});
