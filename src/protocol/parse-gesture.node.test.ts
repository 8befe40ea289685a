import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { REACTIONS } from './gesture.ts';
import { encodeGesture, parseGesture } from './parse-gesture.ts';

describe('parseGesture', () => {
  it('reads what was encoded', () => {
    for (const gesture of [
      { what: 'hand' }, { what: 'hand', forMs: 0 }, { what: 'hand', forMs: 86_400_000 },
      { what: 'recording' }, { what: 'recording', forMs: 0 },
      ...REACTIONS.map((reaction) => ({ what: 'reaction', reaction }) as const),
    ] as const) {
      assert.deepEqual(parseGesture(JSON.parse(JSON.stringify(encodeGesture(gesture))) as unknown[]), gesture);
    }
  });

  for (const args of [
    [], ['hand'], ['hand', true], ['hand', -1], ['hand', 0.5], ['hand', 86_400_001], ['hand', '5'], ['recording', -1], ['reaction'], ['reaction', 'hi'],
    ['reaction', '👍👍'], ['reaction', '👍🏽'], ['reaction', ['👍']], ['wave', 0], [['hand'], 0], [null, null],
  ]) {
    it(`takes ${JSON.stringify(args)} for none`, () => { assert.equal(parseGesture(args), undefined); });
  }
});
