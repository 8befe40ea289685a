import { expect, html } from '@open-wc/testing';
import { network, part, roomFixture, settled } from './room.testing.ts';
import '../define/all.ts';
import '../define/rtc-verify.ts';

describe('RtcPartElement', () => {
  const WORDS = [
    ['rtc-grid', 'layout', 'strip'], ['rtc-grid', 'pinned', 'a'], ['rtc-toasts', 'kinds', 'left'], ['rtc-video', 'source', 'screen'],
    ['rtc-video', 'participant', 'a'], ['rtc-device-select', 'kind', 'camera'], ['rtc-quality', 'participant', 'a'],
    ['rtc-stats', 'participant', 'a'], ['rtc-button', 'action', 'camera'], ['rtc-invite', 'url', 'https://example.com/'],
    ['rtc-chat', 'for', ''],
  ] as const;

  for (const [tag, name, value] of WORDS) {
    it(`<${tag}> without "${name}" again is as it was before: the attribute removed, or nothing given by a framework`, async () => {
      const room = await roomFixture(html`<div></div>`);
      const element: Element = room.appendChild(document.createElement(tag));
      await room.join();
      network().arrive('a', 'Ada');
      const rendered = await part(room, tag);
      const before: unknown = Reflect.get(element, name);
      expect(typeof before).to.equal('string');
      element.setAttribute(name, value);
      await settled(rendered);
      expect(Reflect.get(element, name)).to.equal(value);
      element.removeAttribute(name);
      await settled(rendered);
      network().arrive(`b of ${tag}`, 'Bo');
      await settled(rendered);
      expect(Reflect.get(element, name)).to.equal(before);
      for (const nothing of [undefined, null]) {
        Reflect.set(element, name, value);
        Reflect.set(element, name, nothing);
        await settled(rendered);
        expect(Reflect.get(element, name), String(nothing)).to.equal(before);
      }
    });
  }
});
