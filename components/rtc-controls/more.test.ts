import { expect, fixture, html } from '@open-wc/testing';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { button, fakeRoom, network, part, roomFixture, settled, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';
import type { RtcControlsElement } from './rtc-controls.ts';

const barOf = (controls: Element) => [...controls.shadowRoot!.querySelectorAll('[part=bar] button')]
  .filter((one) => one.checkVisibility()).map((one) => one.part[1]);

describe('"more" in RtcControlsElement', () => {
  const items = (controls: Element) => [...controls.shadowRoot!.querySelectorAll<HTMLElement>('[part=menu]:popover-open [part~=item]')]
    .filter((one) => one.checkVisibility());
  const dialog = (controls: Element) => controls.shadowRoot!.querySelector<HTMLDialogElement>('dialog[open]');

  async function opened(controls: Element): Promise<HTMLElement[]> {
    button(controls, 'more').click();
    await waitUntil(() => items(controls).length > 0);
    return items(controls);
  }

  it('opens each of its elements over the page; closed, the focus is back on what opened it', async () => {
    const room = await roomFixture();
    room.style.inlineSize = '1000px';
    await room.join();
    const controls = await part(room, 'rtc-controls');
    const tools = ['invite', 'record', 'stats', 'doctor'] as const;
    expect((await opened(controls)).map((one) => one.part[1])).to.deep.equal([...tools, 'shortcuts']);
    await expect(controls).to.be.accessible();
    for (const tool of tools) {
      if (items(controls).length === 0) await opened(controls);
      items(controls).find((one) => one.part.contains(tool))!.click();
      await waitUntil(() => dialog(controls));
      await part(dialog(controls)!.firstElementChild!, `rtc-${tool}`);
      await expect(controls).to.be.accessible();
      dialog(controls)!.querySelector<HTMLElement>('[part=close]')!.click();
      await waitUntil(() => !dialog(controls) && !controls.shadowRoot!.querySelector(`rtc-${tool}`), 'it goes');
      expect(controls.shadowRoot!.activeElement?.part.value).to.equal('button more');
    }
  });

  it('leaves the call to be seen once it is recorded', async () => {
    const room = await roomFixture();
    await room.join();
    const controls = await part(room, 'rtc-controls');
    (await opened(controls)).find((one) => one.part.contains('record'))!.click();
    await waitUntil(() => dialog(controls));
    network().arrive('a', 'Ada');
    network().context.onGesture('a', ['recording', 0]);
    await waitUntil(() => room.room.snapshot.participants[0]?.recording);
    await settled(room);
    expect(dialog(controls), 'another one records').not.to.equal(null);
    button(await part(dialog(controls)!.firstElementChild!, 'rtc-record'), 'record').click();
    await waitUntil(() => !dialog(controls) && room.room.snapshot.local.recording);
    expect(controls.shadowRoot!.activeElement?.part.value).to.equal('button more');
  });

  it('has the view of the stage, which opens over it, where there is somebody to see', async () => {
    const room = await roomFixture();
    room.style.inlineSize = '1000px';
    await room.join();
    network().arrive('a');
    const [controls, grid] = await Promise.all([part(room, 'rtc-controls'), part(room, 'rtc-grid')]);
    expect(button(grid, 'view').checkVisibility()).to.equal(false);
    (await opened(controls))[0]!.click();
    await waitUntil(() => grid.shadowRoot!.activeElement?.matches('select'));
    const menu = grid.shadowRoot!.querySelector<HTMLElement>('#menu')!;
    const [box, more] = [menu, button(controls, 'more')].map((one) => one.getBoundingClientRect());
    expect([box!.left < more!.right, box!.right > more!.left, box!.bottom <= more!.top || box!.top >= more!.bottom]).to.deep.equal([true, true, true]);
    await expect(grid).to.be.accessible();
    menu.hidePopover();
    await waitUntil(() => controls.shadowRoot!.activeElement === button(controls, 'more'), 'the focus goes back');
  });

  it('has what is good for who is not in the room, outside of it', async () => {
    const room = await roomFixture(html`<rtc-controls></rtc-controls>`);
    const controls = await part(room, 'rtc-controls');
    expect((await opened(controls)).map((one) => one.part[1])).to.deep.equal(['invite', 'doctor']);
  });

  it('fits into 280 px, with all that has no room in the bar', async () => {
    const room = await roomFixture();
    room.style.inlineSize = '280px';
    await room.join();
    const controls = await part(room, 'rtc-controls');
    expect(barOf(controls)).to.deep.equal(['microphone', 'camera', 'more', 'leave']);
    expect((await opened(controls)).length).to.equal(8);
    const box = items(controls)[0]!.closest('[popover]')!.getBoundingClientRect();
    expect([box.top >= 0, box.bottom <= innerHeight]).to.deep.equal([true, true]);
  });

  it('scrolls where neither above nor below is room for all of it', async () => {
    const room = await roomFixture(html`<rtc-controls></rtc-controls>`);
    await room.join();
    const controls = await part(room, 'rtc-controls');
    room.style.cssText = 'position: fixed; inline-size: 280px; container-type: inline-size';
    for (const top of [innerHeight / 2 - 80, innerHeight / 2 + 20]) {
      room.style.insetBlockStart = `${top}px`;
      const last = (await opened(controls)).at(-1)!;
      const menu = last.closest<HTMLElement>('[popover]')!;
      const at = button(controls, 'more').getBoundingClientRect();
      const [from, to] = top < innerHeight / 2 ? [at.bottom, innerHeight] : [0, at.top];
      const box = () => menu.getBoundingClientRect();
      await waitUntil(() => box().top >= from && box().bottom <= to, `it is between ${from} and ${to}`);
      expect(menu.scrollHeight, 'more than there is room for').to.be.above(menu.clientHeight);
      last.focus();
      await waitUntil(() => last.getBoundingClientRect().bottom <= box().bottom, 'what has the focus is seen');
      menu.hidePopover();
    }
  });
});

describe('RtcControlsElement of a room that joins by itself', () => {
  it('has the buttons of the call in their places before one is in, and does nothing with them', async () => {
    let answer = () => {};
    const room = fakeRoom();
    FakeTopology.joining = () => new Promise((resolve) => { answer = resolve; });
    const element = await fixture<RtcRoomElement>(html`<rtc-room .room=${room} autojoin><rtc-controls></rtc-controls></rtc-room>`);
    const controls = await part(element, 'rtc-controls');
    const before = barOf(controls);
    expect([room.snapshot.state, before.at(-1), before.includes('hand')]).to.deep.equal(['joining', 'leave', true]);
    expect([button(controls, 'hand').ariaDisabled, button(controls, 'react').ariaDisabled]).to.deep.equal(['true', 'true']);
    await expect(controls).to.be.accessible();
    button(controls, 'hand').click();
    button(controls, 'react').click();
    answer();
    await waitUntil(() => controls.matches(':state(joined)') && button(controls, 'hand').ariaDisabled !== 'true');
    expect(barOf(controls)).to.deep.equal(before);
    expect(room.snapshot.local.hand).to.equal(undefined);
    button(controls, 'leave').click();
    await waitUntil(() => barOf(controls).at(-1) === 'join', 'one can come back');
  });

  it('lets one join where the page kept it from that', async () => {
    const element = await fixture<RtcRoomElement>(html`<rtc-room .room=${fakeRoom()} autojoin
      @rtc-before-join=${(event: Event) => { event.preventDefault(); }}><rtc-controls></rtc-controls></rtc-room>`);
    const controls: RtcControlsElement = await part(element, 'rtc-controls');
    await settled(controls);
    await waitUntil(() => barOf(controls).at(-1) === 'join');
  });
});
