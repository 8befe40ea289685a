import type { ChatMessage } from '../../src/index.ts';

/** How many messages of others came after the one read last; all of them where nothing was read. */
export function countUnread(messages: readonly ChatMessage[], lastReadId: string | undefined): number {
  const read = messages.findIndex(({ id }) => id === lastReadId);
  return messages.slice(read + 1).filter(({ own }) => !own).length;
}
