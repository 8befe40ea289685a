import type { ParticipantId, PeerLeftReason, RoomId } from '../../src/protocol/wire.ts';
import type { RefusalCode } from '../types.ts';
import { Bars } from './bars.ts';
import { bannedAs } from './rooms.ts';
import type { Entry, LiveMember, Member, Place, Rooms, Tell } from './rooms.ts';

interface Room {
  readonly id: RoomId;
  readonly members: Map<ParticipantId, Member>;
  readonly knockers: Map<ParticipantId, LiveMember>;
  locked: boolean;
}

type Decision = Promise<RefusalCode | undefined>;

/** The rooms of one relay. Each change is told before the call that asked for it returns. */
export class MemoryRooms implements Rooms {
  readonly #tell: Tell;
  /** Only those that somebody is in or knocks at. */
  readonly #rooms = new Map<RoomId, Room>();
  /** Ends of holds and knocks. */
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #bars = new Bars();
  /** Apart, so that people who come and go cannot push a ban out. */
  readonly #farewells = new Bars();

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  enter(entry: Entry): Decision {
    return Promise.resolve(this.#enter(entry));
  }

  revise(member: LiveMember): Promise<void> {
    const { roomId, announcement: { id }, socketId } = member;
    const room = this.#rooms.get(roomId);
    if (room && room.members.get(id)?.socketId === socketId) this.#seat(room, member, true);
    return Promise.resolve();
  }

  hold({ roomId, id, socketId }: Place, holdMs: number, reason: PeerLeftReason): Promise<void> {
    const room = this.#rooms.get(roomId);
    const member = room?.members.get(id);
    if (room && member?.socketId === socketId) {
      const { announcement, identity } = member;
      const held: Member = { roomId, announcement, identity };
      room.members.set(id, held);
      this.#later(roomId, id, holdMs, () => { this.#giveUp(room, held); });
      this.#tell({ fact: 'held', member: held, reason });
    }
    return Promise.resolve();
  }

  leave({ roomId, id, socketId }: Place, reason: PeerLeftReason, farewellMs: number): Promise<void> {
    const room = this.#rooms.get(roomId);
    const member = room?.members.get(id);
    if (room && member?.socketId === socketId) {
      if (farewellMs > 0) this.#farewells.add(barOfId(roomId, id), farewellMs);
      this.#giveUp(room, member, reason);
    } else if (room?.knockers.get(id)?.socketId === socketId) this.#endKnock(room, id, 'gone');
    return Promise.resolve();
  }

  admit(roomId: RoomId, id: ParticipantId, capacity: number): Decision {
    const room = this.#rooms.get(roomId);
    const knocker = room?.knockers.get(id);
    if (!room || !knocker) return Promise.resolve('unknown-target');
    if (room.members.size >= capacity) return Promise.resolve('room-full');
    this.#endKnock(room, id, 'admitted');
    this.#seat(room, knocker, false);
    return Promise.resolve(undefined);
  }

  refuse(roomId: RoomId, id: ParticipantId): Decision {
    const room = this.#rooms.get(roomId);
    return Promise.resolve(room && this.#endKnock(room, id, 'refused') ? undefined : 'unknown-target');
  }

  remove(roomId: RoomId, id: ParticipantId, bans: { idMs: number; subjectMs: number }): Decision {
    const room = this.#rooms.get(roomId);
    const member = room?.members.get(id);
    if (!room || !member) return Promise.resolve('unknown-target');
    this.#bars.add(barOfId(roomId, id), bans.idMs);
    const subject = bannedAs(member.identity);
    if (subject !== undefined) this.#bars.add(barOfSubject(roomId, subject), bans.subjectMs);
    this.#giveUp(room, member, 'removed');
    return Promise.resolve(undefined);
  }

  lock(roomId: RoomId, locked: boolean): Promise<void> {
    const room = this.#rooms.get(roomId);
    if (room && room.members.size > 0 && room.locked !== locked) {
      room.locked = locked;
      this.#tell({ fact: 'locked', roomId, locked });
    }
    return Promise.resolve();
  }

  end(roomId: RoomId, by: ParticipantId, barMs: number): Promise<void> {
    const room = this.#rooms.get(roomId);
    if (room) {
      this.#bars.add(barOfRoom(roomId), barMs);
      const [members, knockers] = [[...room.members.values()], [...room.knockers.values()]];
      for (const { announcement: { id } } of [...members, ...knockers]) this.#cancel(roomId, id);
      this.#rooms.delete(roomId);
      this.#tell({ fact: 'ended', roomId, by, members, knockers });
    }
    return Promise.resolve();
  }

  find(roomId: RoomId, id: ParticipantId): Member | undefined {
    return this.#rooms.get(roomId)?.members.get(id);
  }

  members(roomId: RoomId): Member[] {
    return [...(this.#rooms.get(roomId)?.members.values() ?? [])];
  }

  knockers(roomId: RoomId): LiveMember[] {
    return [...(this.#rooms.get(roomId)?.knockers.values() ?? [])];
  }

  isLocked(roomId: RoomId): boolean {
    return this.#rooms.get(roomId)?.locked ?? false;
  }

  carry(): boolean {
    return false;
  }

  isReachable(): boolean {
    return true;
  }

  census(): { rooms: number; participants: number } {
    const sizes = [...this.#rooms.values()].map(({ members }) => members.size);
    return { rooms: sizes.length, participants: sizes.reduce((sum, size) => sum + size, 0) };
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #enter({ member, capacity, returning, isHost, mayCreate, knock }: Entry): RefusalCode | undefined {
    const { roomId, announcement: { id }, identity } = member;
    const subject = bannedAs(identity);
    if (this.#bars.has(barOfId(roomId, id))) return 'removed';
    if (subject !== undefined && this.#bars.has(barOfSubject(roomId, subject))) return 'removed';
    if (returning && this.#farewells.has(barOfId(roomId, id))) return 'resume-refused';
    const room = this.#rooms.get(roomId) ?? { id: roomId, members: new Map(), knockers: new Map(), locked: false };
    if (!room.members.has(id)) {
      if (!isHost && this.#bars.has(barOfRoom(roomId))) return 'room-ended';
      if (room.locked && !isHost && !returning) return 'room-locked';
      if (room.members.size >= capacity) return 'room-full';
      if (knock && !isHost && !returning) return this.#knock(room, member, knock);
      if (room.members.size === 0 && !mayCreate && !returning) return 'forbidden';
    }
    this.#seat(room, member, returning);
    return undefined;
  }

  #seat(room: Room, member: LiveMember, returning: boolean): void {
    const { roomId, announcement: { id } } = member;
    const before = room.members.get(id);
    this.#cancel(roomId, id);
    this.#rooms.set(roomId, room);
    room.members.set(id, member);
    this.#tell({ fact: 'entered', member, before, returning });
  }

  #knock(room: Room, knocker: LiveMember, { waitMs, most }: NonNullable<Entry['knock']>): RefusalCode | undefined {
    const { roomId, announcement: { id } } = knocker;
    if (room.knockers.size >= most) return 'rate-limited';
    this.#rooms.set(roomId, room);
    room.knockers.set(id, knocker);
    this.#later(roomId, id, waitMs, () => { this.#endKnock(room, id, 'refused'); });
    this.#tell({ fact: 'knocked', knocker });
    return undefined;
  }

  #endKnock(room: Room, id: ParticipantId, how: 'admitted' | 'refused' | 'gone'): boolean {
    const knocker = room.knockers.get(id);
    if (!knocker) return false;
    room.knockers.delete(id);
    this.#cancel(room.id, id);
    this.#tidy(room);
    this.#tell({ fact: 'knock-ended', knocker, how });
    return true;
  }

  #giveUp(room: Room, member: Member, reason?: PeerLeftReason): void {
    const { id } = member.announcement;
    room.members.delete(id);
    this.#cancel(room.id, id);
    this.#tidy(room);
    this.#tell({ fact: 'left', member, ...(reason && { reason }) });
  }

  #tidy(room: Room): void {
    if (room.members.size > 0) return;
    room.locked = false;
    if (room.knockers.size === 0) this.#rooms.delete(room.id);
  }

  #later(roomId: RoomId, id: ParticipantId, ms: number, act: () => void): void {
    this.#cancel(roomId, id);
    this.#timers.set(`${roomId}/${id}`, setTimeout(act, ms).unref());
  }

  #cancel(roomId: RoomId, id: ParticipantId): void {
    const key = `${roomId}/${id}`;
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }
}

// Room ids hold no slash, so no two of these meet.
const barOfRoom = (roomId: RoomId) => `${roomId}/ended`;
const barOfId = (roomId: RoomId, id: ParticipantId) => `${roomId}/id/${id}`;
const barOfSubject = (roomId: RoomId, subject: string) => `${roomId}/sub/${subject}`;
