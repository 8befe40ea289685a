import { expect, fixture, html } from '@open-wc/testing';
import { RoomError } from '../../src/index.ts';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { button, fakeRoom, network, part, roomFixture, settled, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import '../define/rtc-chat.ts';
import type { RtcRoomElement } from './rtc-room.ts';

const box = (element: Element) => element.getBoundingClientRect();
/** Whether a tap in its middle is one on it. */
function isOnTop(element: Element): boolean {
  const { left, top, width, height } = box(element);
  const root = element.getRootNode() as ShadowRoot;
  return element.contains(root.elementFromPoint(left + width / 2, top + height / 2));
}

describe('the layout of RtcRoomElement', () => {
  it('gives cells of a page\'s grid to the page\'s elements alone, and a whole line to what fails', async () => {
    const room = await roomFixture(html`<rtc-audio></rtc-audio><rtc-grid></rtc-grid><rtc-chat></rtc-chat><rtc-controls></rtc-controls>`);
    room.style.cssText = 'display: grid; grid-template-columns: 1fr 200px; inline-size: 700px';
    const [grid, chat, controls] = [await part(room, 'rtc-grid'), await part(room, 'rtc-chat'), await part(room, 'rtc-controls')];
    await settled(room, ...room.querySelectorAll('rtc-audio'), ...room.shadowRoot!.querySelectorAll('rtc-audio'));
    for (const audio of [room.querySelector('rtc-audio')!, undefined]) {
      expect([box(grid).width, box(chat).width]).to.deep.equal([500, 200]);
      expect([box(chat).top, box(controls).left]).to.deep.equal([box(grid).top, box(grid).left]);
      audio?.remove();
    }
    expect(box(controls).top).to.be.at.least(box(grid).bottom);
    FakeTopology.joining = () => Promise.reject(new RoomError('room-full', 'Nobody more.'));
    button(controls, 'join').click();
    const told = () => room.shadowRoot!.querySelector('[part=error]');
    await waitUntil(told, 'it says so');
    expect([box(told()!).width, box(grid).width]).to.deep.equal([700, 500]);
  });

  it('keeps microphone and leave in reach beside an open chat, however narrow', async () => {
    const room = await roomFixture();
    room.style.cssText = 'inline-size: 340px; block-size: 560px';
    await room.join();
    network().arrive('a', 'Ada');
    const controls = await part(room, 'rtc-controls');
    button(room, 'chat-toggle').click();
    const chat = await part(room, 'rtc-chat');
    await settled(room, chat);
    await Promise.all(room.shadowRoot!.querySelector('[part=panel]')!.getAnimations().map(({ finished }) => finished));
    for (const name of ['microphone', 'leave']) expect(isOnTop(button(controls, name)), name).to.equal(true);
    expect(box(chat).bottom).to.be.at.most(box(room).bottom);
    expect(box(chat).height, 'most of it').to.be.above(280);
    await expect(room).to.be.accessible();
  });

  it('shows all of the call to who joins under a heading, and leaves the bar in the window of who scrolls back', async () => {
    const page = await fixture(html`<main><h1 style="block-size: 300px">A page</h1><rtc-room .room=${fakeRoom()}></rtc-room></main>`);
    const room = page.querySelector<RtcRoomElement>('rtc-room')!;
    const join = button(await part(room, 'rtc-lobby'), 'join-without');
    join.focus();
    join.click();
    const controls = await part(room, 'rtc-controls');
    await waitUntil(() => box(room).bottom <= innerHeight, 'the call is in the window');
    scrollTo(0, 0);
    expect(box(room).bottom).to.be.above(innerHeight);
    const leave = button(controls, 'leave');
    await waitUntil(() => box(leave).bottom <= innerHeight && isOnTop(leave), 'one can leave');
    room.shadowRoot!.querySelector('rtc-grid')!.shadowRoot!.querySelector<HTMLElement>('[part=grid]')!.focus({ preventScroll: true });
    expect(box(leave).top, 'nothing lies over what has the focus').to.be.above(innerHeight);
  });
});
