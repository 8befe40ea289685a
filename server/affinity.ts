import { isRoomId } from '../src/protocol/primitives.ts';
import type { RoomId } from '../src/protocol/wire.ts';

/**
 * The room in a connection's query, by which a proxy in front chose this relay (docs/several-machines.md). It has to be written
 * plainly: what two readers could take for two rooms would part a room.
 * @returns `undefined` where the query names none, `null` for one that is malformed or named again.
 */
export function roomOfQuery(url = ''): RoomId | undefined | null {
  const [, query = ''] = /\?(.*)/s.exec(url) ?? [];
  // HAProxy takes a semicolon for an ampersand.
  const named = [...new URLSearchParams(query.replaceAll(';', '&'))].filter(([name]) => name.toLowerCase() === 'room');
  const [[, room] = []] = named;
  if (room === undefined) return undefined;
  return named.length === 1 && isRoomId(room) && query.split('&').includes(`room=${room}`) ? room : null;
}

/**
 * @param required whether a proxy spreads rooms, so that nothing may be joined without naming it
 * @returns why a join over this connection does not belong here; `undefined` if it does
 */
export function explainMisplaced(url: string, roomId: RoomId, required: boolean): string | undefined {
  const chosenFor = roomOfQuery(url) ?? undefined;
  if (chosenFor === roomId) return undefined;
  if (chosenFor !== undefined) return 'The connection\'s query names another room: open a connection for each room.';
  return required ? 'Rooms are spread over relays: name the room in the connection\'s query, as in ?room=lobby.' : undefined;
}
