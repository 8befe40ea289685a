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

/** The line that another one answers; one that was told of by somebody has their id before its own. */
export function repliedTo(messages: readonly ChatMessage[], id: string): ChatMessage | undefined {
  return messages.find((message) => message.id === id || message.id.endsWith(`~${id}`));
}
