import type { ParticipantId, PeerLeftReason, RoomId } from '../../src/protocol/wire.ts';
import { bannedAs, type LiveMember, type Member } from '../rooms/rooms.ts';

/** Somebody as Redis keeps them: scalars, because Lua's JSON tells an empty list from an empty object by luck. */
export interface PlaceRecord {
  readonly id: ParticipantId;
  /** The relay that has the socket, or had it last. */
  readonly relay: string;
  /** Empty while the place is held. */
  readonly socket: string;
  /** JSON of announcement and identity. */
  readonly text: string;
  readonly sub?: string;
  /** Can come back. */
  readonly engine: boolean;
  /** Of who knocks. */
  readonly waitMs?: number;
  /** Order of arrival. */
  readonly n?: number;
  /** It came back when it took the place. */
  readonly again?: boolean;
}

/** A change as Redis publishes it: the `seq` of its room before and after; `before` is 0 where the room began. */
// One who was let in has `entered`, and waits no more.
export type Published = { readonly room: RoomId; readonly before: string; readonly seq: string } & (
  | { fact: 'entered' | 'knocked'; record: PlaceRecord }
  | { fact: 'held'; id: ParticipantId; reason: PeerLeftReason }
  | { fact: 'left'; id: ParticipantId; reason?: PeerLeftReason }
  | { fact: 'knock-ended'; id: ParticipantId; how: 'refused' | 'gone' }
  | { fact: 'locked'; locked: boolean }
  | { fact: 'ended'; by: ParticipantId }
);

/** A room as it is in Redis: what the script answers to `load`. */
export type Loaded = readonly [seq: string, born: string, locked: string, members: readonly string[], knocks: readonly string[]];

export function toRecord(
  { announcement, identity, socketId }: LiveMember, relay: string, waitMs: number | undefined,
): PlaceRecord {
  const subject = bannedAs(identity);
  return {
    id: announcement.id, relay, socket: socketId, text: JSON.stringify({ announcement, identity }),
    engine: announcement.engine !== undefined,
    ...(subject !== undefined && { sub: subject }), ...(waitMs !== undefined && { waitMs }),
  };
}

export function toMember(roomId: RoomId, { text, socket }: PlaceRecord): Member {
  const { announcement, identity } = JSON.parse(text) as Pick<Member, 'announcement' | 'identity'>;
  return { roomId, announcement, identity, ...(socket !== '' && { socketId: socket }) };
}
