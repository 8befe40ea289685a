import { expect, html, nextFrame } from '@open-wc/testing';
import { button, network, part, roomFixture, visibleText, waitUntil } from '../internal/room.testing.ts';
import './rtc-room.ts';
import './stage.ts';
import './rtc-verify.ts';

const CHUNKS = [
  'rtc-grid/view-choices', 'rtc-grid/own-tiles', 'rtc-controls/menu', 'internal/about-identity', 'rtc-verify/verify-panel',
].map((name) => `/components/${name}.ts`);

/** The server of the tests (web-test-runner.config.mjs) then answers for none of them, and the browser remembers none. */
async function miss(chunks: readonly string[]): Promise<void> {
  document.cookie = `missing=${chunks.join('|')}; path=/; max-age=${chunks.length > 0 ? 60 : 0}`;
  await Promise.allSettled(chunks.map((path) => fetch(path, { cache: 'reload' })));
}

describe('a chunk that cannot be had', () => {
  afterEach(() => miss([]));

  it('is told once for all tiles, which have their badges when they can be had', async () => {
    await miss(['/components/rtc-video/tile-badge.ts']);
    const room = await roomFixture(html`<rtc-grid></rtc-grid>`);
    const told: string[] = [];
    room.addEventListener('rtc-error', ({ detail: { code } }) => { told.push(code); });
    await room.join();
    for (const id of ['a', 'b', 'c']) network().arrive(id);
    const grid = await part(room, 'rtc-grid');
    await waitUntil(() => told.length > 0);
    await miss([]);
    const badges = () => [...grid.shadowRoot!.querySelectorAll('rtc-video')].filter(({ shadowRoot }) => shadowRoot!.querySelector('[part=identity]'));
    await waitUntil(() => badges().length === 3);
    expect(told).to.deep.equal(['load-failed']);
  });

  it('hides nothing for good: who is alone is told so without the invitation', async () => {
    await miss(['/components/rtc-room/company.ts']);
    const room = await roomFixture();
    await room.join();
    const grid = await part(room, 'rtc-grid');
    const alone = grid.shadowRoot!.querySelector('[part=empty]')!;
    expect(getComputedStyle(alone).visibility).to.equal('hidden');
    await waitUntil(() => getComputedStyle(alone).visibility === 'visible');
    expect(room.shadowRoot!.querySelector('[part=invite]') === null).to.equal(true);
  });

  it('is told once, and is there when it can be had, wherever an element asks for one', async () => {
    await miss(CHUNKS);
    const room = await roomFixture(html`<rtc-grid layout="spotlight"></rtc-grid><rtc-controls></rtc-controls>
      <rtc-video participant="a"></rtc-video><rtc-verify></rtc-verify>`);
    const told: string[] = [];
    room.addEventListener('rtc-error', ({ detail: { code, error } }) => { told.push(`${code} ${/<.*>/.exec(error.message)?.[0]}`); });
    room.room.verify = () => new Promise(() => {});
    await room.join();
    network().arrive('a', 'Ada');
    const [grid, controls, video, verify] = await Promise.all([
      part(room, 'rtc-grid'), part(room, 'rtc-controls'), part(room, 'rtc-video'), part(room, 'rtc-verify'),
    ]);
    for (const [element, name] of [[grid, 'view'], [controls, 'more'], [video, 'identity']] as const) {
      const before = told.length;
      button(element, name).click();
      await waitUntil(() => told.length > before, `${name} tells`);
      button(element, name).click(); // Closed …
      await nextFrame();
      button(element, name).click(); // … and opened again.
      await nextFrame();
    }
    await miss([]);
    await waitUntil(() => [
      grid.shadowRoot!.querySelector('[part=menu] select'), grid.shadowRoot!.querySelector('[part=move]'),
      controls.shadowRoot!.querySelector('[part~=invite]'), verify.shadowRoot!.querySelector('[part=panel]'),
      visibleText(video.shadowRoot!.querySelector('[part=about]')!),
    ].every(Boolean), 'all are there');
    expect(told.sort()).to.deep.equal(['rtc-controls', 'rtc-grid', 'rtc-grid', 'rtc-verify', 'rtc-video'].map((tag) => `load-failed <${tag}>`));
  });
});
