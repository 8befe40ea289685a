import { expect, fixture, html } from '@open-wc/testing';
import { fakeRoom, waitUntil } from './room.testing.ts';
import '../define/all.ts';

const TAGS = ['rtc-room', 'rtc-grid', 'rtc-video', 'rtc-invite', 'rtc-doctor', 'rtc-stats', 'rtc-verify', 'rtc-record'] as const;
const CENTRED = 'display: grid; justify-items: center;';
const COLUMN = 'display: flex; flex-direction: column; align-items: center;';

/** Of this tag in a place of this style, once it has a width. */
async function within(style: string, ...tags: readonly (typeof TAGS)[number][]): Promise<{ place: HTMLElement; width: number }> {
  const place = await fixture<HTMLElement>(html`<div style=${`box-sizing: border-box; ${style}`}></div>`);
  const elements = tags.map((tag) => {
    const room = Object.assign(document.createElement('rtc-room'), { room: fakeRoom() });
    place.append(room);
    if (tag === 'rtc-room') return room;
    room.style.display = 'contents';
    return room.appendChild(document.createElement(tag));
  });
  await waitUntil(() => elements.every(({ clientWidth }) => clientWidth > 0), 'it has one'); // Some of them are loaded by parts.
  return { place, width: elements[0]?.clientWidth ?? 0 };
}

/** What follows its own width has none of its own (CSS Contain 3): it must not vanish where the page lets it be as wide as it likes. */
describe('in the middle of its place', () => {
  for (const tag of TAGS) {
    it(`<${tag}> has a width`, async () => {
      for (const style of [CENTRED, COLUMN]) {
        expect((await within(`${style} inline-size: 900px`, tag)).width, style).to.be.within(300, 900);
      }
    });

    it(`<${tag}> widens nothing that is narrow`, async () => {
      for (const style of [CENTRED, COLUMN, 'display: grid;', 'display: flex; flex-wrap: wrap;']) {
        const { place } = await within(`${style} inline-size: 280px; padding: 20px`, tag);
        expect(place.scrollWidth, style).to.equal(280);
      }
      for (const style of ['display: grid; grid-template-columns: 1fr 1fr;', 'display: flex;']) {
        const { place } = await within(`${style} inline-size: 500px; padding: 20px`, tag, tag);
        expect(place.scrollWidth, style).to.equal(500);
      }
    });
  }
});
