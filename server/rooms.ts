import type { Announcement, ParticipantId, RoomId } from '../src/protocol/wire.ts';

/** One place in a room. */
export interface Member {
  readonly roomId: RoomId;
  readonly announcement: Announcement;
  /** The socket of the moment; absent while the place is held for someone who dropped. */
  readonly socketId?: string;
}

/** Who is in which room, and nothing else: what a store shared between relays will implement as well. */
export interface Rooms {
  /** Takes a place, or the participant's own place again. @returns whether there was one. */
  enter(member: Member, capacity: number): boolean;
  /** The socket is gone, the place stays. */
  hold(roomId: RoomId, id: ParticipantId): void;
  remove(roomId: RoomId, id: ParticipantId): void;
  find(roomId: RoomId, id: ParticipantId): Member | undefined;
  /** In the order of arrival. */
  members(roomId: RoomId): Member[];
}

export class MemoryRooms implements Rooms {
  readonly #rooms = new Map<RoomId, Map<ParticipantId, Member>>();

  enter(member: Member, capacity: number): boolean {
    const { roomId, announcement: { id } } = member;
    const room = this.#rooms.get(roomId) ?? new Map<ParticipantId, Member>();
    if (!room.has(id) && room.size >= capacity) return false;
    this.#rooms.set(roomId, room.set(id, member));
    return true;
  }

  hold(roomId: RoomId, id: ParticipantId): void {
    const room = this.#rooms.get(roomId);
    const member = room?.get(id);
    if (member) room?.set(id, { roomId, announcement: member.announcement });
  }

  remove(roomId: RoomId, id: ParticipantId): void {
    const room = this.#rooms.get(roomId);
    if (room?.delete(id) && room.size === 0) this.#rooms.delete(roomId);
  }

  find(roomId: RoomId, id: ParticipantId): Member | undefined {
    return this.#rooms.get(roomId)?.get(id);
  }

  members(roomId: RoomId): Member[] {
    return [...(this.#rooms.get(roomId)?.values() ?? [])];
  }
}
