import { expect, fixture, html } from '@open-wc/testing';
import { fakeRoom, part, pictureTrack, roomFixture, settled, view, network, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';

/** Whether one lies in the lower half of the other, and nothing of it beside. */
function liesLow(line: Element, over: Element): boolean {
  const [inner, outer] = [line.getBoundingClientRect(), over.getBoundingClientRect()];
  return inner.height > 0 && inner.top > outer.top + outer.height / 2 && inner.bottom < outer.bottom
    && inner.left >= outer.left && inner.right <= outer.right;
}

describe('captions', () => {
  it('stand at the lower edge of a picture, above the name, larger than it, and nowhere while they are empty', async () => {
    const room = await roomFixture(html`<rtc-video participant="a"><p slot="captions"></p></rtc-video>`);
    const video = await part(room, 'rtc-video');
    video.style.inlineSize = '480px';
    await room.join();
    network().arrive('a', 'Ada');
    network().tell({ type: 'participant-tracks', id: 'a', tracks: [view(pictureTrack(), 'camera')] });
    await settled(video);
    const line = video.querySelector('p')!;
    expect(line.getBoundingClientRect().height).to.equal(0);
    line.textContent = 'So much for the weather, and now for something else.';
    const name = video.shadowRoot!.querySelector('[part=caption]')!;
    expect([liesLow(line, video), line.getBoundingClientRect().bottom <= name.getBoundingClientRect().top]).to.deep.equal([true, true]);
    expect(parseFloat(getComputedStyle(line).fontSize)).to.be.greaterThan(parseFloat(getComputedStyle(name).fontSize));
    await expect(video).to.be.accessible();
  });

  it('of a room stand over its pictures, and make no arrangement of it', async () => {
    const room = await fixture<RtcRoomElement>(html`<rtc-room .room=${fakeRoom()}><p slot="captions">Hello</p></rtc-room>`);
    await room.join();
    const grid = await part(room, 'rtc-grid');
    const line = room.querySelector('p')!;
    await waitUntil(() => liesLow(line, grid));
    const { backgroundColor, color } = getComputedStyle(line);
    expect([color, backgroundColor]).to.deep.equal(['rgb(255, 255, 255)', 'rgba(10, 12, 16, 0.85)']);
    const { left, top, width, height } = line.getBoundingClientRect();
    expect(document.elementFromPoint(left + width / 2, top + height / 2), 'a click goes through').not.to.equal(line);
    expect(room.matches(':state(arranged)')).to.equal(false);
  });
});
