import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseShown, toPixels } from './shown.ts';

const one = { source: 'camera', width: 320, height: 180 };

describe('parseShown', () => {
  it('copies what it knows, and nothing else', () => { assert.deepEqual(parseShown([[{ ...one, x: 1 }]]), [one]); });
  it('reads nothing shown', () => { assert.deepEqual(parseShown([[]]), []); });
  const wrong: readonly unknown[] = [
    undefined, null, 1, {}, 'x', [1], [null], [[one]], [{ ...one, source: '' }], [{ ...one, source: 'x'.repeat(65) }], [{ ...one, source: 1 }],
    ...[-1, 0.5, NaN, Infinity, '320', null, undefined, 16_385].map((width) => [{ ...one, width }]), Array.from({ length: 65 }, () => one),
  ];
  for (const value of wrong) {
    it(`refuses ${JSON.stringify([value]).slice(0, 60)}`, () => { assert.equal(parseShown([value]), undefined); });
  }
});

describe('toPixels', () => {
  const rows = [[0, 0], [-5, 0], [NaN, 0], [0.1, 16], [16, 16], [16.1, 32], [319.5, 320], [1e9, 16_384], [Infinity, 16_384]] as const;
  for (const [length, pixels] of rows) {
    it(`makes ${pixels} of ${length}, which is parsed`, () => {
      assert.equal(toPixels(length), pixels);
      assert.ok(parseShown([[{ source: 'x', width: toPixels(length), height: 0 }]]));
    });
  }
});
