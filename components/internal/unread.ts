import type { ChatMessage } from '../../src/index.ts';

/** How many messages of others came after the one read last; all where nothing was read. What was told later is not new. */
export function countUnread(messages: readonly ChatMessage[], lastReadId: string | undefined): number {
  let count = 0;
  for (let i = messages.length - 1; i >= 0 && messages[i]?.id !== lastReadId; i--) {
    if (!messages[i]?.own && !messages[i]?.toldBy) count++;
  }
  return count;
}
