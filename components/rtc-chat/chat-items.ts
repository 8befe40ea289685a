import type { ChatMessage, TransferView } from '../../src/index.ts';

/** What stands in the list of a chat, one under the other. */
export type ChatItem =
  | { readonly id: string; readonly time: number; readonly message: ChatMessage; readonly transfer?: undefined }
  | { readonly id: string; readonly time: number; readonly transfer: TransferView; readonly message?: undefined };

const items = new WeakMap<ChatMessage, ChatItem>();

/** By time; messages keep their order among themselves. */
export function chatItems(
  messages: readonly ChatMessage[], transfers: readonly TransferView[], seenAt: (id: string) => number,
): readonly ChatItem[] {
  const all = messages.map(itemOf);
  for (const transfer of transfers) {
    const time = seenAt(transfer.id);
    const index = all.findLastIndex((item) => item.time <= time) + 1;
    all.splice(index, 0, { id: `file ${transfer.id}`, time, transfer });
  }
  return all;
}

function itemOf(message: ChatMessage): ChatItem {
  let item = items.get(message);
  if (!item) items.set(message, (item = { id: message.id, time: message.time, message }));
  return item;
}

/** So long after the line that shows them, author and time are shown again. */
const FOLLOWS_MS = 300_000;

/** Which of them need neither name nor time, after lines of the same author. @param last - The id of one that none follows. */
export function followers(all: readonly ChatItem[], last: string | undefined): readonly boolean[] {
  let head: ChatMessage | undefined;
  return all.map(({ id, message }) => {
    const isOfHead = message !== undefined && message.from === head?.from && message.name === head.name;
    const follows = isOfHead && message.time - (head?.time ?? 0) < FOLLOWS_MS;
    if (!follows) head = message;
    if (id === last) head = undefined;
    return follows;
  });
}

/** The line that another one answers; one that was told of by somebody has their id before its own. */
export function repliedTo(messages: readonly ChatMessage[], id: string): ChatMessage | undefined {
  return messages.find((message) => message.id === id || message.id.endsWith(`~${id}`));
}
