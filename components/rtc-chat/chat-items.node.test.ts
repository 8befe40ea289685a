import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chatItems, followers } from './chat-items.ts';
import type { ChatMessage } from '../../src/index.ts';

const MINUTE_MS = 60_000;
let count = 0;
const line = (minute: number, from = 'a'): ChatMessage =>
  ({ id: String(count++), from, name: from, own: false, text: 'x', time: minute * MINUTE_MS });

describe('followers', () => {
  const follow = (messages: readonly ChatMessage[], last?: number) =>
    followers(chatItems(messages, [], () => 0), last === undefined ? undefined : messages[last]?.id);

  it('are of the same author, and show their time again after five minutes, however fast they came', () => {
    assert.deepEqual(follow([0, 2, 4, 4.9, 5, 6, 9.9, 10].map((minute) => line(minute))),
      [false, true, true, true, false, true, true, false]);
    assert.deepEqual(follow([line(0), line(1, 'b'), line(2, 'b'), line(2)]), [false, false, true, false]);
  });

  it('are none behind the last line that was read', () => {
    assert.deepEqual(follow([line(0), line(0), line(0)], 1), [false, true, false]);
  });
});
