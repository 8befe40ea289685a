import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { encodePresence, parsePresence } from './presence.ts';

describe('parsePresence', () => {
  it('reads what was written', () => {
    assert.deepEqual(parsePresence(encodePresence({ audio: 2, video: 3 })), { audio: 2, video: 3 });
  });

  const table: readonly [presence: string | undefined, audio: number, video: number][] = [
    [undefined, 0, 0], ['', 0, 0], ['null', 0, 0], ['[]', 0, 0], ['"audio"', 0, 0], ['{', 0, 0],
    ['{"audio":1}', 1, 0], ['{"audio":-1,"video":1e9}', 0, 8], ['{"audio":1.5,"video":"2"}', 0, 0], ['{"audio":1e400}', 0, 0],
    ['{"__proto__":{"audio":4}}', 0, 0],
  ];
  for (const [presence, audio, video] of table) {
    it(`takes ${presence ?? 'nothing'} as ${audio} and ${video}`, () => { assert.deepEqual(parsePresence(presence), { audio, video }); });
  }

  it('never throws and never asks for more m-lines than a description may have', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (presence) => {
      const { audio, video } = parsePresence(presence);
      return audio >= 0 && video >= 0 && audio + video <= 16;
    }));
  });
});
