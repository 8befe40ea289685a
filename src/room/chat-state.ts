/** What becomes of the chat in the snapshot: a part of `reducer.ts`. */
import type { ChatMessage, RoomSnapshot } from './snapshot.ts';

export type ChatChange =
  | { type: 'message'; message: ChatMessage }
  /** Told by somebody who was here before. */
  | { type: 'recalled'; messages: readonly ChatMessage[] }
  /** They have these lines of ours. */
  | { type: 'reached'; by: string; ids: readonly string[] }
  | { type: 'typing'; from: string; typing: boolean };

type ChatState = Pick<RoomSnapshot, 'messages' | 'typing'>;

const MAX_MESSAGES = 10_000;
/** What they are, all together, at most. */
const MAX_CHARS = 4_000_000;

/** @returns the same objects where nothing changed */
export function reduceChat({ messages, typing }: ChatState, change: ChatChange): ChatState {
  switch (change.type) {
    case 'message':
      return { messages: withNew(messages, [change.message]), typing: withTyping(typing, change.message.from, false) };
    case 'recalled':
      return { messages: withNew(messages, change.messages), typing };
    case 'reached':
      return { messages: Object.freeze(messages.map((message) => asReached(message, change.by, change.ids))), typing };
    case 'typing':
      return { messages, typing: withTyping(typing, change.from, change.typing) };
  }
}

function withTyping(typing: ChatState['typing'], from: string, isTyping: boolean): ChatState['typing'] {
  if (typing.includes(from) === isTyping) return typing;
  return Object.freeze(isTyping ? [...typing, from] : typing.filter((id) => id !== from));
}

/** A line that is known already is not shown twice. */
function withNew(messages: ChatState['messages'], added: ChatState['messages']): ChatState['messages'] {
  const fresh = added.filter(({ id }) => !isKnown(messages, id));
  if (fresh.length === 0) return messages;
  const all = [...messages, ...fresh.map((message) => Object.freeze(message))];
  if (fresh.some(({ toldBy }) => toldBy)) all.sort((a, b) => a.time - b.time);
  return Object.freeze(bounded(all));
}

/** A loop, and from the newest: over a frozen array `some` takes milliseconds. */
function isKnown(messages: ChatState['messages'], id: string): boolean {
  for (let i = messages.length - 1; i >= 0; i--) if (messages[i]?.id === id) return true;
  return false;
}

/** The newest. */
function bounded(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  let chars = 0;
  let first = messages.length;
  while (first > 0 && messages.length - first < MAX_MESSAGES) {
    chars += messages[first - 1]?.text.length ?? 0;
    if (chars > MAX_CHARS) break;
    first--;
  }
  return first > 0 ? messages.slice(first) : messages;
}

function asReached(message: ChatMessage, by: string, ids: readonly string[]): ChatMessage {
  const { id, sentTo, reachedBy = [] } = message;
  if (!sentTo?.includes(by) || reachedBy.includes(by) || !ids.includes(id)) return message;
  return Object.freeze({ ...message, reachedBy: Object.freeze([...reachedBy, by]) });
}
