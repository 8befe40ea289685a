import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { silenceLimitMs } from './liveness.ts';

describe('silenceLimitMs', () => {
  const table: readonly [word: string, socketClosed: boolean, placeHeld: boolean, limitMs: number][] = [
    ['nothing, or is out of reach', false, false, 30_000],
    ['that it holds the place', false, true, 60_000],
    ['that the socket closed', true, false, 5000],
    ['that the socket closed and the place is held', true, true, 5000],
  ];
  for (const [word, socketClosed, placeHeld, limitMs] of table) {
    it(`is ${limitMs / 1000} s when the relay says ${word}`, () => { assert.equal(silenceLimitMs({ socketClosed, placeHeld }), limitMs); });
  }
});
