import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arrange } from './arrange.ts';
import type { Arrangement, Place, Scene } from './arrange.ts';

const people = (count: number) => [...Array.from({ length: count - 1 }, (_, index) => `p${index} camera`), 'me camera'];

function scene(tiles: readonly string[], more: Partial<Scene> = {}): Scene {
  return { layout: 'auto', tiles, width: 1440, height: 800, gap: 8, page: 0, ...more };
}

const at = ({ boxes }: Arrangement, place: Place) => [...boxes].filter(([, box]) => box.place === place).map(([key]) => key);

/** Inside, and none over another or under what turns pages, but for what floats. */
function assertApart({ boxes, pager }: Arrangement, { width, height }: Scene): void {
  const standing = [...boxes.values()].filter(({ place }) => place !== 'float');
  for (const [index, box] of standing.entries()) {
    const right = box.x + box.width;
    const bottom = box.y + box.height;
    assert.ok(box.x >= 0 && box.y >= (pager === 'above' ? 44 : 0) && right <= width + 0.01
      && bottom <= height - (pager === 'below' ? 44 : 0) + 0.01, JSON.stringify(box));
    assert.ok(pager !== 'beside' || right <= width - 180 + 0.01 || bottom <= height - 44 + 0.01, JSON.stringify(box));
    for (const other of standing.slice(index + 1)) {
      const apart = box.x + box.width <= other.x || other.x + other.width <= box.x
        || box.y + box.height <= other.y || other.y + other.height <= box.y;
      assert.ok(apart, `${JSON.stringify(box)} apart from ${JSON.stringify(other)}`);
    }
  }
}

describe('arrange', () => {
  it('keeps tiles apart and inside, in every layout, at every size and number', () => {
    for (const layout of ['auto', 'grid', 'spotlight', 'strip'] as const) {
      for (const [width, height] of [[180, 215], [280, 500], [320, 124], [320, 160], [667, 90], [700, 300], [768, 1024], [1440, 800], [2560, 700]] as const) {
        for (let count = 1; count <= 24; count++) {
          for (const pictures of [[], ['p0 screen'], ['p0 screen', 'p1 board']]) {
            const given = scene([...pictures, ...people(count)], { layout, width, height });
            const arranged = arrange(given);
            assert.ok(arranged.boxes.size > 0);
            assertApart(arranged, given);
          }
        }
      }
    }
  });

  it('shows everyone alike until a picture or a pin takes the stage', () => {
    const tiles = people(4);
    assert.deepEqual(at(arrange(scene(tiles)), 'grid'), tiles);
    const pinned = arrange(scene(tiles, { pinned: 'p1 camera' }));
    assert.deepEqual([at(pinned, 'stage'), at(pinned, 'strip')], [['p1 camera'], ['p0 camera', 'p2 camera', 'me camera']]);
    const sharing = arrange(scene(['p2 screen', ...tiles]));
    assert.deepEqual([at(sharing, 'stage'), at(sharing, 'strip')], [['p2 screen'], tiles]);
    assert.deepEqual(at(arrange(scene(tiles, { pinned: 'gone camera' })), 'grid'), tiles);
  });

  it('lets one\'s own screen take no stage, where it would show itself, unless it is pinned', () => {
    const tiles = ['p0 camera', 'p1 camera', 'me screen', 'me camera'];
    assert.deepEqual(at(arrange(scene(tiles)), 'grid'), tiles);
    assert.deepEqual(at(arrange(scene(['p0 screen', ...tiles])), 'strip'), tiles);
    assert.deepEqual(at(arrange(scene(tiles, { layout: 'spotlight' })), 'stage'), ['p0 camera']);
    assert.deepEqual(at(arrange(scene(tiles, { pinned: 'me screen' })), 'stage'), ['me screen']);
  });

  it('has people beside each other in a wide room, unless one above the other they are clearly larger', () => {
    const rows = (count: number, width: number, height: number) =>
      new Set([...arrange(scene(people(count), { width, height })).boxes.values()].map(({ y }) => y)).size;
    for (const [width, height] of [[1424, 818], [1496, 900], [1664, 968], [1264, 638], [1904, 998], [1350, 686]] as const) {
      assert.equal(rows(2, width, height), 1, `${width} by ${height}`);
    }
    assert.deepEqual([rows(2, 1264, 942), rows(2, 390, 700), rows(4, 1424, 818), rows(6, 1424, 818)], [2, 2, 2, 2]);
  });

  it('has no more columns than its rows need: nobody stands alone below rows that could take them', () => {
    for (const [width, height] of [[1440, 650], [1424, 818], [768, 900], [390, 700]] as const) {
      for (let count = 2; count <= 16; count++) {
        const { boxes } = arrange(scene(people(count), { width, height }));
        const rows = new Set([...boxes.values()].map(({ y }) => y)).size;
        const inFirst = [...boxes.values()].filter(({ y }, _, [first]) => y === first?.y).length;
        assert.equal(inFirst, Math.ceil(boxes.size / rows), `${count} in ${width} by ${height}`);
      }
    }
  });

  it('gives people the lower part of a tall room in which something is shared, and turns pages where they stand', () => {
    const phone = arrange(scene(['p0 screen', ...people(8)], { width: 344, height: 640 }));
    assert.deepEqual([phone.pages, at(phone, 'strip').length], [1, 8]);
    for (const [width, height] of [[1264, 638], [740, 280]] as const) {
      const wide = arrange(scene(['p0 screen', ...people(9)], { width, height }));
      assert.equal(wide.pager, 'beside');
      const stage = wide.boxes.get('p0 screen');
      assert.ok(stage && stage.height > height - 17 && stage.x + stage.width <= width - 180, 'the stage has the whole height');
    }
  });

  it('moves nothing because somebody speaks, but for the stage of a spotlight, over which oneself floats', () => {
    const tiles = people(5);
    const layout = 'spotlight';
    assert.deepEqual(at(arrange(scene(tiles, { layout })), 'stage'), ['p0 camera']);
    assert.deepEqual(at(arrange(scene(tiles, { layout, speaker: 'p3' })), 'stage'), ['p3 camera']);
    assert.deepEqual(at(arrange(scene(tiles, { layout, speaker: 'p3', pinned: 'p1 camera' })), 'stage'), ['p1 camera']);
    assert.deepEqual(at(arrange(scene(['p1 screen', ...tiles], { layout, speaker: 'p3' })), 'stage'), ['p1 screen']);
    for (const other of ['auto', 'grid', 'strip'] as const) {
      assert.deepEqual(arrange(scene(tiles, { layout: other, speaker: 'p3' })), arrange(scene(tiles, { layout: other })));
    }
    assert.deepEqual(at(arrange(scene(tiles, { layout: 'strip' })), 'strip'), tiles);
    const spotlight = arrange(scene(tiles, { layout: 'spotlight', speaker: 'p3', corner: { inline: 'start', block: 'end' } }));
    assert.deepEqual([...spotlight.boxes.keys()], ['p3 camera', 'me camera']);
    assert.deepEqual(at(spotlight, 'float'), ['me camera']);
    const { x, y } = spotlight.boxes.get('me camera') ?? { x: NaN, y: NaN };
    assert.ok(x < 100 && y > 500);
    assert.deepEqual([...arrange(scene(['me camera'], { layout: 'spotlight' })).boxes.keys()], ['me camera'], 'who is alone is large');
  });

  it('shows in a low room as many upright tiles as stand in one row, and has what turns pages where the most remain', () => {
    const upright = (count: number, width: number, height: number) => {
      const { boxes, pages, pager } = arrange(scene(people(count), { width, height }));
      for (const box of boxes.values()) assert.ok(box.width >= 96 && box.height > box.width / 1.7, JSON.stringify(box));
      return [boxes.size, pages, pager];
    };
    assert.deepEqual(upright(3, 320, 156), [3, 1, undefined]);
    assert.deepEqual(upright(5, 320, 156), [3, 2, 'above']);
    assert.deepEqual(upright(5, 320, 124), [3, 2, 'above']);
    assert.deepEqual(upright(5, 390, 162), [3, 2, 'above']);
    assert.deepEqual(upright(6, 667, 90), [6, 1, undefined]);
    assert.deepEqual(upright(9, 667, 90), [4, 3, 'beside']);
    const tall = arrange(scene(people(3), { width: 320, height: 156 })).boxes.get('me camera');
    assert.deepEqual([tall?.width, tall?.height], [96, 128]);
    const sharing = arrange(scene(['p0 screen', ...people(5)], { width: 320, height: 156 })).boxes.get('p0 screen');
    assert.ok(sharing && sharing.width > 160, 'a screen that is shared remains the larger part');
  });

  it('turns pages where tiles would be too small to see anybody, and leaves nobody out', () => {
    for (const [layout, width, height] of [['grid', 280, 500], ['grid', 1440, 800], ['strip', 768, 120], ['strip', 120, 700]] as const) {
      const tiles = people(20);
      const { pages } = arrange(scene(tiles, { layout, width, height }));
      assert.ok(pages > 1);
      const shown = Array.from({ length: pages }, (_, page) => arrange(scene(tiles, { layout, width, height, page })))
        .flatMap((arranged) => [...at(arranged, 'grid'), ...at(arranged, 'strip')]);
      assert.deepEqual(new Set(shown), new Set(tiles));
      assert.equal(arrange(scene(tiles, { layout, width, height, page: 99 })).page, pages - 1);
    }
    assert.equal(arrange(scene(people(8), { layout: 'grid', width: 280, height: 500 })).pages, 1, 'eight fit on a phone');
    assert.equal(at(arrange(scene(people(20), { layout: 'grid', pinned: 'me camera' })), 'grid')[0], 'me camera');
  });
});
