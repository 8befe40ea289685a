import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeTiles } from './place-tiles.ts';
import type { Box } from './place-tiles.ts';

const overlaps = (one: Box, other: Box) => one.x < other.x + other.width && other.x < one.x + one.width
  && one.y < other.y + other.height && other.y < one.y + one.height;

describe('placeTiles', () => {
  for (const [screens, people] of [[0, 1], [0, 2], [0, 5], [0, 30], [1, 0], [1, 1], [1, 9], [3, 20]] as const) {
    it(`has a place for ${screens} screens and ${people} people, none over another or out of the picture`, () => {
      const boxes = placeTiles(screens, people, 1280, 720);
      assert.equal(boxes.length, screens + people);
      for (const [i, box] of boxes.entries()) {
        assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= 1280 && box.y + box.height <= 720 && box.width > 20, JSON.stringify(box));
        assert.ok(boxes.slice(i + 1).every((other) => !overlaps(box, other)));
      }
      const [first, last] = [boxes[0], boxes.at(-1)];
      if (screens === 1 && people > 0) assert.ok((first?.width ?? 0) > 3 * (last?.width ?? 0), 'a screen is large');
    });
  }
});
