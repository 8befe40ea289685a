import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countUnread } from './unread.ts';

const message = (id: string, own = false) => ({ id, own, from: own ? 'me' : 'a', name: '', text: id, time: 0 });

describe('countUnread', () => {
  const messages = [message('1'), message('2', true), message('3'), message('4')];
  for (const [lastRead, expected] of [[undefined, 3], ['1', 2], ['2', 2], ['4', 0], ['fallen out of the list', 3]] as const) {
    it(`counts ${expected} of others after ${lastRead ?? 'nothing'}`, () => {
      assert.equal(countUnread(messages, lastRead), expected);
    });
  }
});
