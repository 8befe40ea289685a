import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markedStream, streamMarker } from './stream-marker.ts';

describe('markedStream', () => {
  it('finds the first stream among arguments, however deep', () => {
    assert.equal(markedStream([streamMarker('a')]), 'a');
    assert.equal(markedStream([1, { metadata: { name: 'x' }, stream: streamMarker('a') }, streamMarker('b')]), 'a');
    assert.equal(markedStream([[null, [[{ deep: [streamMarker('c')] }]]]]), 'c');
  });

  it('finds none where there is none', () => {
    for (const args of [[], ['a'], [{ stream: {} }], ['[RTCIOStream]'], ['[RTCIOStream] '], [` ${streamMarker('a')}`]]) {
      assert.equal(markedStream(args), undefined, JSON.stringify(args));
    }
    assert.equal(markedStream([streamMarker('x'.repeat(129))]), undefined);
  });

  it('stops at what no app would emit', () => {
    const wide = [...Array<number>(100_000).fill(0), streamMarker('a')];
    let deep: unknown = streamMarker('a');
    for (let i = 0; i < 5000; i++) deep = [deep];
    assert.equal(markedStream(wide), undefined);
    assert.equal(markedStream([deep]), undefined);
  });
});
