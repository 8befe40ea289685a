import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reduceChat } from './chat-state.ts';
import type { ChatChange } from './chat-state.ts';
import type { ChatMessage } from './snapshot.ts';

const line = (id: string, more: Partial<ChatMessage> = {}): ChatMessage => ({ id, from: 'b', name: 'B', own: false, text: id, time: 5, ...more });
const EMPTY = { messages: [], typing: [] } as const;
const after = (...changes: ChatChange[]) => changes.reduce<ReturnType<typeof reduceChat>>(reduceChat, EMPTY);

describe('reduceChat', () => {
  it('keeps lines in the order in which they came, each once', () => {
    const come = (message: ChatMessage): ChatChange => ({ type: 'message', message });
    const { messages } = after(come(line('1', { time: 9 })), come(line('2')), come(line('1')));
    assert.deepEqual(messages.map(({ id, time }) => [id, time]), [['1', 9], ['2', 5]]);
  });

  it('puts what is told of before between what is known, by its time', () => {
    const told = { toldBy: { id: 'c', name: 'C' } };
    const { messages } = after(
      { type: 'message', message: line('2', { time: 20 }) }, { type: 'message', message: line('3', { time: 30 }) },
      { type: 'recalled', messages: [line('1', { time: 10, ...told }), line('2', { time: 0, ...told }), line('x', { time: 25, ...told })] },
    );
    assert.deepEqual(messages.map(({ id }) => id), ['1', '2', 'x', '3']);
  });

  it('counts who has a line among those it was sent to', () => {
    const own = line('me/1', { own: true, sentTo: ['b', 'c'] });
    const sent = after({ type: 'message', message: own });
    const reached = (by: string, ...ids: string[]): ChatChange => ({ type: 'reached', by, ids });
    assert.deepEqual(reduceChat(sent, reached('b', 'me/1', 'me/2')).messages[0]?.reachedBy, ['b']);
    const more = [reached('b', 'me/1'), reached('b', 'me/1'), reached('x', 'me/1'), reached('c', 'me/2')].reduce(reduceChat, sent);
    assert.deepEqual(more.messages[0]?.reachedBy, ['b']);
  });

  it('shows who writes until they do not, or have sent it', () => {
    const writing = (from: string, typing = true): ChatChange => ({ type: 'typing', from, typing });
    assert.deepEqual(after(writing('b'), writing('c'), writing('b')).typing, ['b', 'c']);
    assert.deepEqual(after(writing('b'), writing('c'), writing('b', false)).typing, ['c']);
    assert.deepEqual(after(writing('b'), writing('c'), { type: 'message', message: line('1') }).typing, ['c']);
  });

  it('keeps the newest 10,000, and of long lines fewer', () => {
    let state = reduceChat(EMPTY, { type: 'recalled', messages: Array.from({ length: 10_000 }, (_, i) => line(`${i}`)) });
    state = reduceChat(state, { type: 'message', message: line('last') });
    assert.deepEqual([state.messages.length, state.messages[0]?.id, state.messages.at(-1)?.id], [10_000, '1', 'last']);
    state = reduceChat(state, { type: 'recalled', messages: Array.from({ length: 1500 }, (_, i) => line(`long ${i}`, { text: 'x'.repeat(4000) })) });
    assert.equal(state.messages.length, 1000);
  });
});
