import { expect, fixture, html } from '@open-wc/testing';
import { allElements } from '../../test/stories/settle.ts';
import { button, fakeRoom, network, part, roomFixture, settled, waitUntil } from './room.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-chat.ts';
import '../define/rtc-lobby.ts';
import '../define/rtc-participants.ts';
import '../define/stage.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';

const page = document.documentElement;
const SMALLEST_PX = 24;

/** An arrangement, joined, with somebody else and something said. */
async function arranged(density: string): Promise<RtcRoomElement> {
  page.style.setProperty('--rtc-density', density);
  const room = await roomFixture(html`<rtc-controls></rtc-controls><rtc-chat></rtc-chat>
    <rtc-participants></rtc-participants><rtc-grid></rtc-grid>`);
  await room.join();
  network().arrive('ada', 'Ada');
  network().say('ada', 'chat', { id: 'ada-1', text: 'Hello' });
  const [controls, chat, people, grid] = [
    await part(room, 'rtc-controls'), await part(room, 'rtc-chat'), await part(room, 'rtc-participants'), await part(room, 'rtc-grid'),
  ];
  await settled(controls, chat, people, grid);
  await waitUntil(() => chat.shadowRoot!.querySelector('[part=text]') && people.shadowRoot!.querySelector('[part=identity]'));
  return room;
}

function styleIn(room: Element, tag: string, selector: string): CSSStyleDeclaration {
  return getComputedStyle(room.querySelector(tag)!.shadowRoot!.querySelector(selector)!);
}

const heightIn = (room: Element, tag: string, name: string) => button(room.querySelector(tag)!, name).offsetHeight;
const close = (found: string | number, wanted: number, what: string) => { expect(parseFloat(String(found)), what).to.be.closeTo(wanted, 0.51); };

/** What stands out of what it scrolls in, or out of the box. */
function sideways(box: HTMLElement): string[] {
  const { left, right } = box.getBoundingClientRect();
  return [box, ...allElements(box)].filter((element) => {
    const { overflowX } = getComputedStyle(element);
    const scrolls = (element === box || overflowX === 'auto' || overflowX === 'scroll') && element.scrollWidth > element.clientWidth + 1;
    const at = element.getBoundingClientRect();
    const isCutOff = element.matches('button, input, textarea') && element.checkVisibility() && at.width > 1
      && (at.left < left - 1 || at.right > right + 1);
    return scrolls || isCutOff;
  }).map((element) => `${element.localName}[${element.getAttribute('part') ?? element.className}] ${element.scrollWidth} of ${element.clientWidth}`);
}

describe('--rtc-density', () => {
  afterEach(() => { page.style.removeProperty('--rtc-density'); });

  for (const density of [0.8, 1, 1.3]) {
    it(`${density}: controls, spaces and rows follow it, type does not`, async () => {
      const room = await arranged(String(density));
      close(heightIn(room, 'rtc-controls', 'microphone'), 48 * density, 'a round button');
      close(styleIn(room, 'rtc-controls', '[part=bar]').padding, 8 * density, 'the bar');
      close(heightIn(room, 'rtc-chat', 'send'), 44 * density, 'a button');
      const field = room.querySelector('rtc-chat')!.shadowRoot!.querySelector('textarea')!;
      close(field.offsetHeight, 44 * density, 'a field is as high as a button beside it');
      close(styleIn(room, 'rtc-chat', '[part=text]').paddingInlineStart, 12 * density, 'a bubble');
      close(styleIn(room, 'rtc-participants', '[part=participant]').minBlockSize, 56 * density, 'a row');
      close(styleIn(room, 'rtc-participants', '[part=participant]').paddingBlockStart, 6 * density, 'in a row');
      close(getComputedStyle(room.querySelector('rtc-grid')!).rowGap, 8 * density, 'between tiles');
      close(getComputedStyle(field).fontSize, 16, 'type');
      close(styleIn(room, 'rtc-controls', '[part~=microphone] svg').inlineSize, 22, 'an icon');
    });
  }

  it('goes so far and no further: no target is under 24 px', async () => {
    const room = await arranged('.4');
    const targets = allElements(room).filter((element) => element.matches('button, textarea') && element.checkVisibility());
    expect(targets.length).to.be.greaterThan(10);
    const small = targets.filter(({ offsetWidth, offsetHeight }) => Math.min(offsetWidth, offsetHeight) < SMALLEST_PX);
    expect(small.map(({ outerHTML }) => outerHTML)).to.deep.equal([]);
    close(heightIn(room, 'rtc-chat', 'send'), 44 * 0.6, 'the least');
    page.style.setProperty('--rtc-density', '4');
    close(heightIn(room, 'rtc-chat', 'send'), 44 * 1.5, 'the most');
  });

  it('is that of what stands around an element, or its own', async () => {
    const room = await arranged('.8');
    room.querySelector<HTMLElement>('rtc-chat')!.style.setProperty('--rtc-density', '1.2');
    close(heightIn(room, 'rtc-chat', 'send'), 44 * 1.2, 'its own');
    close(heightIn(room, 'rtc-controls', 'microphone'), 48 * 0.8, 'the page\'s');
  });

  it('makes what lies beside or over pictures closer, and not roomier', async () => {
    const room = await arranged('1.5');
    const grid = await part(room, 'rtc-grid');
    grid.style.cssText = 'inline-size: 320px; block-size: 400px';
    for (let person = 0; person < 30; person++) network().arrive(`p${person}`);
    await waitUntil(() => grid.matches(':state(paged)') && button(grid, 'next').offsetHeight);
    const next = button(grid, 'next');
    expect([next.offsetHeight, next.offsetWidth]).to.deep.equal([40, 40]);
    page.style.setProperty('--rtc-density', '.8');
    expect([next.offsetHeight, next.offsetWidth]).to.deep.equal([32, 32]);
  });

  it('leaves nothing to scroll sideways at 280 px, roomy as it is', async () => {
    page.style.setProperty('--rtc-density', '1.3');
    const box = await fixture<HTMLElement>(html`<div style="inline-size: 280px"><rtc-room .room=${fakeRoom()}></rtc-room></div>`);
    const room = box.querySelector('rtc-room')!;
    await settled(await part(room, 'rtc-lobby'));
    expect(sideways(box), 'the lobby').to.deep.equal([]);
    await room.join();
    network().arrive('ada', 'Maximiliane-Alexandra von Hohenfelden-Rosenthal');
    network().say('ada', 'chat', { id: 'ada-1', text: 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(2) });
    for (const [toggle, tag] of [['chat-toggle', 'rtc-chat'], ['participants-toggle', 'rtc-participants']] as const) {
      await waitUntil(() => room.shadowRoot!.querySelector(`[part=${toggle}]`));
      room.shadowRoot!.querySelector<HTMLButtonElement>(`[part=${toggle}]`)!.click();
      await settled(room, await part(room, tag));
      expect(sideways(box), tag).to.deep.equal([]);
    }
  });
});
