import { expect, fixture, html } from '@open-wc/testing';
import { fakeRoom, network, part, pictureTrack, roomFixture, settled, view, visibleText } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcGridElement } from './rtc-grid.ts';
import type { RtcVideoElement } from '../rtc-video/rtc-video.ts';

function tiles(grid: RtcGridElement): string[] {
  return [...grid.shadowRoot!.querySelectorAll('rtc-video')].map(({ participant, source }) => `${participant} ${source}`);
}

describe('RtcGridElement', () => {
  it('has a tile for everyone, oneself last, and says when nobody else is here', async () => {
    const room = await roomFixture();
    await room.join();
    const grid = await part(room, 'rtc-grid');
    expect(tiles(grid)).to.deep.equal(['me camera']);
    expect(visibleText(grid)).to.contain('You are the only one here.');
    expect(grid.matches(':state(empty)')).to.equal(true);
    network().arrive('a', 'Ada');
    network().arrive('b', 'Bob');
    await settled(grid);
    expect(tiles(grid)).to.deep.equal(['a camera', 'b camera', 'me camera']);
    await expect(grid).to.be.accessible();
  });

  it('shows everyone at once in a room that takes the place of another and is joined already', async () => {
    const room = await roomFixture(html`<rtc-grid></rtc-grid>`);
    const grid = await part(room, 'rtc-grid');
    await room.join();
    const other = fakeRoom('other');
    await other.join();
    network().arrive('a', 'Ada');
    await settled(grid);
    room.room = other;
    await settled(room, grid);
    expect([...grid.shadowRoot!.querySelectorAll('rtc-video')].map(({ participant, hidden }) => `${participant} ${hidden}`))
      .to.deep.equal(['a false', 'me false']);
    other.close();
  });

  it('puts screens on the stage, and keeps the tile of whoever stays', async () => {
    const room = await roomFixture();
    await room.join();
    network().arrive('a', 'Ada');
    network().arrive('b', 'Bob');
    const grid = await part(room, 'rtc-grid');
    const [, bob] = [...grid.shadowRoot!.querySelectorAll('rtc-video')];
    network().tell({ type: 'participant-tracks', id: 'a', tracks: [view(pictureTrack(), 'screen')] });
    await settled(grid);
    expect(tiles(grid)).to.deep.equal(['a screen', 'a camera', 'b camera', 'me camera']);
    expect(grid.matches(':state(presenting)')).to.equal(true);
    network().tell({ type: 'participant-gone', id: 'a', reason: 'leave' });
    await settled(grid);
    expect(tiles(grid)).to.deep.equal(['b camera', 'me camera']);
    expect(grid.shadowRoot!.querySelector('rtc-video')).to.equal(bob);
  });

  it('shows the people of another room once `for` names that', async () => {
    const [one, two] = [fakeRoom('one'), fakeRoom('two')];
    const box = await fixture<HTMLElement>(html`<div><rtc-room id="one" .room=${one}><i></i></rtc-room>
      <rtc-room id="two" .room=${two}><i></i></rtc-room><rtc-grid for="one"></rtc-grid></div>`);
    await one.join();
    network().arrive('a');
    await two.join();
    network().arrive('b');
    const grid = await part(box, 'rtc-grid');
    const shown = () => [...grid.shadowRoot!.querySelectorAll<RtcVideoElement>('rtc-video:not([hidden])')].map(({ participant }) => participant);
    expect(shown()).to.deep.equal(['a', 'me']);
    grid.for = 'two';
    await settled(grid);
    await settled(grid);
    expect(shown()).to.deep.equal(['b', 'me']);
  });

  it('compares the names once for all tiles', async () => {
    const room = await roomFixture();
    await room.join();
    const grid = await part(room, 'rtc-grid');
    for (let count = 0; count < 30; count++) network().arrive(`p${count}`, `Person ${count}`);
    await settled(grid, ...grid.shadowRoot!.querySelectorAll('rtc-video'));
    const { normalize } = String.prototype;
    let compared = 0;
    String.prototype.normalize = function (form) { compared++; return normalize.call(this, form); };
    try {
      network().say('p1', 'chat', { id: '1', text: 'nothing of who is here changes' });
      await settled(grid, ...grid.shadowRoot!.querySelectorAll('rtc-video'));
    } finally {
      String.prototype.normalize = normalize;
    }
    expect(compared, 'four times for each, to say who wrote').to.be.at.most(4 * 31);
  });

  it('leaves room in the window for what stands around it, and is as high as the page says', async () => {
    const box = await fixture<HTMLElement>(html`<rtc-room .room=${fakeRoom()}><rtc-grid></rtc-grid></rtc-room>`);
    const grid = await part(box, 'rtc-grid');
    box.style.inlineSize = '3000px';
    expect(grid.clientHeight).to.be.closeTo(innerHeight * .75, 1);
    box.style.inlineSize = '320px';
    expect(grid.clientHeight).to.equal(200);
    grid.style.blockSize = `${innerHeight}px`;
    expect(grid.clientHeight).to.equal(innerHeight);
  });

  it('says that one is alone once one is in the room', async () => {
    const room = await roomFixture(html`<rtc-grid></rtc-grid>`);
    const grid = await part(room, 'rtc-grid');
    expect(visibleText(grid)).not.to.contain('You are the only one here.');
    await room.join();
    await settled(grid);
    expect(visibleText(grid)).to.contain('You are the only one here.');
  });

  for (const [width, height] of [[280, 500], [768, 1024], [1440, 800]] as const) {
    it(`fits all tiles into ${width} by ${height}, none over another`, async () => {
      const room = await roomFixture();
      Object.assign(room.style, { inlineSize: `${width}px`, blockSize: `${height}px` });
      await room.join();
      const grid = await part(room, 'rtc-grid');
      for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
        network().arrive(id);
        await settled(grid);
        const frame = grid.getBoundingClientRect();
        const boxes = [...grid.shadowRoot!.querySelectorAll('rtc-video')].map((tile) => tile.getBoundingClientRect());
        for (const [index, box] of boxes.entries()) {
          expect(box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom + 1, id)
            .to.equal(true);
          expect(box.width).to.be.greaterThan(60);
          for (const other of boxes.slice(index + 1)) {
            const apart = box.right <= other.left + 1 || other.right <= box.left + 1 || box.bottom <= other.top + 1;
            expect(apart, `${id} apart`).to.equal(true);
          }
        }
      }
    });
  }
});
