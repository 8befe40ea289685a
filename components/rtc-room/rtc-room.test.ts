import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import {
  failureOf, fakeRoom, network, pictureTrack, roomFixture, settled, view, visibleText, waitUntil,
} from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcRoomElement } from './rtc-room.ts';

function record(element: EventTarget, ...types: string[]): string[] {
  const seen: string[] = [];
  for (const type of types) element.addEventListener(type, ({ type: name }) => { seen.push(name); });
  return seen;
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

    it('joins with what was set before the upgrade, though the words of its language are still on their way', async () => {
      const element = Object.assign(document.createElement('rtc-room-at-once'), { getToken: () => 't', lang: 'ja' });
      element.setAttribute('server', 'https://relay.invalid');
      document.body.append(element);
      const { RtcRoomElement } = await import('./rtc-room.ts');
      customElements.define('rtc-room-at-once', class extends RtcRoomElement {});
      const upgraded = element as unknown as RtcRoomElement;
      let told: object = {};
      Object.assign(upgraded.room, { configure: (options: object) => { told = options; }, join: () => Promise.resolve() });
      await upgraded.join();
      expect(told).to.include.keys('getToken', 'server');
      element.remove();
    });

    it('has a room of its own again where the page takes back the one it handed in', async () => {
      const element = await fixture<RtcRoomElement>(html`<rtc-room name="own" server="https://relay.invalid" .room=${fakeRoom('mine')}></rtc-room>`);
      element.room = undefined;
      expect(element.room.snapshot.name).to.equal('own');
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
});
