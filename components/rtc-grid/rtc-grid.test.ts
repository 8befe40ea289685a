import { expect } from '@open-wc/testing';
import { network, part, pictureTrack, roomFixture, settled, view, visibleText } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcGridElement } from './rtc-grid.ts';

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
