import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { MAX_CHAT_CHARS } from '../protocol/limits.ts';
import { checkChatText, parseChat } from './chat.ts';

describe('parseChat', () => {
  it('takes an id and a text, and nothing else that stands there', () => {
    assert.deepEqual(parseChat({ id: '1', text: 'hi', from: 'mallory', time: 0, own: true }), { id: '1', text: 'hi' });
    assert.deepEqual(parseChat({ id: '1', text: 'x'.repeat(MAX_CHAT_CHARS) })?.text.length, MAX_CHAT_CHARS);
  });

  const refused: readonly unknown[] = [
    undefined, null, 'hi', 1, [], ['1', 'hi'], {}, { id: '1' }, { text: 'hi' }, { id: '', text: 'hi' }, { id: '1', text: '' }, { id: 1, text: 'hi' },
    { id: '1', text: ['hi'] }, { id: 'x'.repeat(65), text: 'hi' }, { id: '1', text: 'x'.repeat(MAX_CHAT_CHARS + 1) },
  ];
  for (const payload of refused) {
    it(`refuses ${inspect(payload).slice(0, 40)}`, () => { assert.equal(parseChat(payload), undefined); });
  }
});

describe('checkChatText', () => {
  it('takes up to 4,000 characters', () => {
    checkChatText('x');
    checkChatText('x'.repeat(MAX_CHAT_CHARS));
  });

  it('refuses more with its code, and an empty line as a wrong argument', () => {
    assert.throws(() => { checkChatText('x'.repeat(MAX_CHAT_CHARS + 1)); }, { code: 'message-too-large' });
    for (const empty of ['', '  ', '\n\t']) assert.throws(() => { checkChatText(empty); }, TypeError);
  });
});
