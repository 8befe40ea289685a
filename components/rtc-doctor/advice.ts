import type { FindingCode } from '../../src/index.ts';
import type { MessageKey, Text } from '../internal/messages.ts';

/** The relay may let one into a room, and not into the one of the check. */
const ASK_IN_THE_ROOM: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'forbidden', 'room-locked', 'room-full', 'knock-refused', 'wrong-relay', 'join-timeout',
]);

/** What to do; of codes that have no advice of their own, what they mean. */
export function adviceFor(code: FindingCode, text: Text): string {
  const key = ASK_IN_THE_ROOM.has(code) ? 'invalid-room' : code;
  return text(`advice:${key}` as MessageKey) || text(`error:${code}` as MessageKey) || text('advice:refused');
}
