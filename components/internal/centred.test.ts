import { expect, fixture, html } from '@open-wc/testing';
import { fakeRoom, waitUntil } from './room.testing.ts';
import '../define/all.ts';

const TAGS = ['rtc-room', 'rtc-grid', 'rtc-video', 'rtc-invite', 'rtc-doctor', 'rtc-stats', 'rtc-verify', 'rtc-record'];

/** What follows its own width has none of its own (CSS Contain 3): it must not vanish where the page lets it be as wide as it likes. */
describe('in the middle of its place', () => {
  for (const tag of TAGS) {
    for (const [width, least] of [[900, 300], [280, 270]] as const) {
      it(`<${tag}> has a width in ${width} px`, async () => {
        const place = await fixture<HTMLElement>(html`<div style="display: grid; justify-items: center; grid-template-columns: minmax(0, 1fr)"></div>`);
        place.style.inlineSize = `${width}px`;
        const room = Object.assign(document.createElement('rtc-room'), { room: fakeRoom() });
        const element = tag === 'rtc-room' ? room : document.createElement(tag);
        if (element !== room) {
          room.style.display = 'contents';
          room.append(element);
        }
        place.append(room);
        await waitUntil(() => element.clientWidth > 0, 'it has one'); // Some of them are loaded by parts.
        const box = element.getBoundingClientRect();
        expect([box.width >= least, box.width <= width], `${box.width}`).to.deep.equal([true, true]);
      });
    }
  }
});
