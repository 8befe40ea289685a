import { expect, html } from '@open-wc/testing';
import { button, network, part, pictureTrack, roomFixture, settled, view, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcGridElement } from './rtc-grid.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';

const tile = (grid: RtcGridElement, key: string) => grid.shadowRoot!.querySelector<HTMLElement>(`[data-key="${key}"]`)!;
const shown = (grid: RtcGridElement) =>
  [...grid.shadowRoot!.querySelectorAll<HTMLElement>('rtc-video:not([hidden])')].map(({ dataset, className }) => `${dataset['key']} ${className.trim()}`);
const control = (grid: RtcGridElement, key: string, name: string) => tile(grid, key).querySelector<HTMLButtonElement>(`[part=${name}]`)!;

async function gridOf(people: readonly string[], layout = 'auto', size: readonly [width: number, height: number] = [900, 600]) {
  const room = await roomFixture(html`<rtc-grid layout=${layout} style="inline-size: ${size[0]}px; block-size: ${size[1]}px"></rtc-grid>`);
  let speak: (id: string) => void = () => {};
  room.room.stats.watchSpeaker = (listener) => { speak = listener; return () => {}; };
  await room.join();
  for (const id of people) network().arrive(id, id.toUpperCase());
  const grid = await part(room, 'rtc-grid');
  await settled(grid);
  return { room, grid, speak: (id: string) => { speak(id); } };
}

/** What the room was told of who is looked at. */
function seenIn({ room }: RtcRoomElement): Map<string, boolean | undefined> {
  const seen = new Map<string, boolean | undefined>();
  room.show = (participant) => ({ set: (of) => { seen.set(participant, of?.visible); }, end: () => { seen.delete(participant); } });
  return seen;
}

describe('RtcGridElement layouts', () => {
  it('pins a tile by its button, says so, and lets it go again', async () => {
    const { grid } = await gridOf(['a', 'b']);
    const told: unknown[] = [];
    grid.addEventListener('rtc-layout-changed', ({ detail }) => { told.push(detail); });
    const before = tile(grid, 'b camera');
    const pin = control(grid, 'b camera', 'pin');
    expect([pin.getAttribute('aria-label'), pin.getAttribute('aria-pressed')]).to.deep.equal(['Pin \u2068B\u2069', 'false']);
    pin.click();
    await settled(grid);
    expect(shown(grid)).to.deep.equal(['a camera strip', 'b camera stage', 'me camera strip']);
    expect([pin.getAttribute('aria-pressed'), grid.matches(':state(pinned)')]).to.deep.equal(['true', true]);
    expect(told).to.deep.equal([{ layout: 'auto', pinned: 'b camera' }]);
    expect(tile(grid, 'b camera') === before && before.clientWidth > 2 * tile(grid, 'a camera').clientWidth).to.equal(true);
    await expect(grid).to.be.accessible();
    pin.click();
    await settled(grid);
    expect(shown(grid)).to.deep.equal(['a camera grid', 'b camera grid', 'me camera grid']);
    grid.setAttribute('pinned', 'a');
    await settled(grid);
    expect(shown(grid)[0]).to.equal('a camera stage');
  });

  it('marks who speaks, and in a spotlight shows them, each in the element they had, the others unseen', async () => {
    const { grid, speak, room } = await gridOf([]);
    const seen = seenIn(room);
    for (const id of ['a', 'b', 'c']) network().arrive(id);
    await settled(grid);
    const elements = [...grid.shadowRoot!.querySelectorAll('rtc-video')];
    speak('b');
    await settled(grid);
    expect(shown(grid)).to.deep.equal(['a camera grid', 'b camera grid speaker', 'c camera grid', 'me camera grid']);
    grid.layout = 'spotlight';
    await settled(grid);
    expect(shown(grid)).to.deep.equal(['b camera stage speaker', 'me camera float']);
    await waitUntil(() => seen.get('b') === true && seen.get('a') === false && seen.get('c') === false, 'only who is on show is looked at');
    network().tell({ type: 'participant-tracks', id: 'a', tracks: [view(pictureTrack(), 'screen')] });
    await settled(grid);
    expect(shown(grid)).to.deep.equal(['a screen stage', 'me camera float']);
    expect([...grid.shadowRoot!.querySelectorAll('rtc-video')].slice(1)).to.deep.equal(elements);
    await expect(grid).to.be.accessible();
  });

  it('turns pages, and looks at nobody who is on another one', async () => {
    const { grid, room } = await gridOf([], 'grid', [280, 300]);
    const seen = seenIn(room);
    const ids = Array.from({ length: 9 }, (_, index) => `p${index}`);
    for (const id of ids) network().arrive(id);
    await settled(grid);
    expect(grid.matches(':state(paged)')).to.equal(true);
    const visible = () => ids.filter((id) => seen.get(id));
    await waitUntil(() => seen.size === ids.length, 'each is told of, though never laid out');
    const first = visible();
    expect(first.length > 0 && first.length < ids.length).to.equal(true);
    await expect(grid).to.be.accessible();
    button(grid, 'next').click();
    await settled(grid);
    expect(grid.shadowRoot!.querySelector('[part=page]')!.textContent).to.equal('Page 2 of 2');
    await waitUntil(() => visible().length > 0 && visible().every((id) => !first.includes(id)), 'others are looked at');
    button(grid, 'previous').click();
    await settled(grid);
    expect(button(grid, 'previous').getAttribute('aria-disabled')).to.equal('true');
    await waitUntil(() => visible().join() === first.join(), 'the first ones again');
  });

  it('moves oneself by arrow keys, by a click, and by the pointer', async () => {
    const { grid } = await gridOf(['a'], 'spotlight');
    const own = tile(grid, 'me camera');
    await waitUntil(() => own.querySelector('[part=move]'));
    const move = control(grid, 'me camera', 'move');
    const corner = () => {
      const [box, frame] = [own.getBoundingClientRect(), grid.getBoundingClientRect()];
      return `${box.top - frame.top < frame.height / 2 ? 'top' : 'bottom'} ${box.left - frame.left < frame.width / 2 ? 'left' : 'right'}`;
    };
    const press = async (key: string) => { move.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })); await settled(grid); };
    expect(corner()).to.equal('bottom right');
    await press('ArrowLeft');
    await press('ArrowUp');
    expect(corner()).to.equal('top left');
    move.click();
    await settled(grid);
    expect(corner()).to.equal('top right');
    const { x, y } = own.getBoundingClientRect();
    const pointer = (type: string, clientX: number, clientY: number) =>
      own.dispatchEvent(new PointerEvent(type, { clientX, clientY, pointerId: 1, button: 0, bubbles: true }));
    own.setPointerCapture = () => {};
    pointer('pointerdown', x, y);
    pointer('pointermove', x - 10, y + 450);
    expect(corner()).to.equal('bottom right');
    pointer('lostpointercapture', x - 10, y + 450);
    await settled(grid);
    expect([corner(), own.style.translate]).to.deep.equal(['bottom right', '']);
    grid.dir = 'rtl';
    await press('ArrowUp');
    expect(corner()).to.equal('top left');
    await press('ArrowRight');
    expect(corner()).to.equal('top right');
  });

  it('has one\'s own screen beside oneself, never on the stage by itself, and a button that ends it', async () => {
    const { grid, room } = await gridOf(['a']);
    let toggled = '';
    room.toggle = (source) => { toggled = source; return Promise.resolve(); };
    const devices = navigator.mediaDevices;
    const { getDisplayMedia } = devices;
    const stream = new MediaStream([pictureTrack()]);
    devices.getDisplayMedia = () => Promise.resolve(stream);
    try {
      await room.room.enable('screen');
    } finally {
      devices.getDisplayMedia = getDisplayMedia;
    }
    await settled(grid);
    expect(shown(grid)).to.deep.equal(['a camera grid', 'me screen grid', 'me camera grid']);
    await waitUntil(() => tile(grid, 'me screen').querySelector('[part=stop]'));
    await expect(grid).to.be.accessible();
    control(grid, 'me screen', 'stop').click();
    expect(toggled).to.equal('screen');
  });

  it('has a menu with the layout and whom to pin, at its button, also once the window has turned', async () => {
    const { grid } = await gridOf(['a', 'b']);
    button(grid, 'view').click();
    const selects = () => [...grid.shadowRoot!.querySelectorAll('select')];
    await waitUntil(() => selects().length === 2);
    const menu = grid.shadowRoot!.querySelector<HTMLElement>('[part=menu]')!;
    const isBelow = () => Math.round(menu.getBoundingClientRect().top - button(grid, 'view').getBoundingClientRect().bottom) === 8;
    await waitUntil(isBelow);
    expect(grid.shadowRoot!.activeElement).to.equal(selects()[0]);
    grid.style.marginBlockStart = '30px';
    window.dispatchEvent(new Event('resize'));
    expect(isBelow()).to.equal(true);
    await expect(grid).to.be.accessible();
    const choose = async (index: number, value: string) => {
      Object.assign(selects()[index]!, { value }).dispatchEvent(new Event('change'));
      await settled(grid);
    };
    await choose(0, 'spotlight');
    await choose(1, 'me camera');
    expect(shown(grid)).to.deep.equal(['me camera stage']);
    expect(selects().map(({ value }) => value)).to.deep.equal(['spotlight', 'me camera']);
    // Whoever changes it elsewhere, at once or later, and whoever leaves: it says what holds.
    control(grid, 'b camera', 'pin').click();
    grid.layout = 'grid';
    await settled(grid);
    expect(selects().map(({ value }) => value)).to.deep.equal(['grid', 'b camera']);
    grid.addEventListener('rtc-layout-changed', () => { grid.pinned = 'b camera'; }, { once: true });
    await choose(1, 'a camera');
    expect(selects()[1]!.value).to.equal('b camera');
    network().tell({ type: 'participant-gone', id: 'a', reason: 'left' });
    await settled(grid);
    expect(selects()[1]!.value).to.equal('b camera');
  });

  it('keeps the focus when what has it goes: a tile with its pin, and what turns pages', async () => {
    const { grid } = await gridOf(Array.from({ length: 9 }, (_, index) => `p${index}`), 'grid', [280, 300]);
    const focused = () => grid.shadowRoot!.activeElement?.getAttribute('part');
    const leave = async (id: string) => { network().tell({ type: 'participant-gone', id, reason: 'left' }); await settled(grid); };
    control(grid, 'p0 camera', 'pin').focus();
    await leave('p1');
    expect(focused()).to.equal('pin');
    await leave('p0');
    expect(focused()).to.equal('grid');
    button(grid, 'next').focus();
    for (const id of ['p2', 'p3', 'p4', 'p5', 'p6', 'p7']) await leave(id);
    expect([grid.matches(':state(paged)'), focused()]).to.deep.equal([false, 'grid']);
    await expect(grid).to.be.accessible();
  });
});
