import type { Announcement, Joined, JoinRequest, ParticipantId, PeerLeftReason, RoomId } from '../src/protocol/wire.ts';
import { callHook, type Log } from './log.ts';
import type { ResumeTokens } from './resume.ts';
import type { Member, Rooms } from './rooms.ts';
import type { Participant, RefusalCode, RelaySocket } from './types.ts';

export interface MembershipOptions {
  rooms: Rooms;
  tokens: ResumeTokens;
  capacity: number;
  holdMs: number;
  log: Log;
  socketOf(socketId: string): RelaySocket | undefined;
  closeSocket(socketId: string, code: RefusalCode, message: string): void;
  onJoin?: ((participant: Participant) => unknown) | undefined;
  onLeave?: ((participant: Participant) => unknown) | undefined;
}

export type Seat = Pick<Joined, 'id' | 'resume' | 'participants'>;

/** Joining, coming back, dropping and leaving: the one place where rooms change, and where members are told of it. */
export class Membership {
  readonly #o: MembershipOptions;
  readonly #holds = new Map<string, NodeJS.Timeout>();

  constructor(options: MembershipOptions) {
    this.#o = options;
  }

  /**
   * Takes a place and calls `seated` before anyone else hears of it, in the same tick: the newcomer knows its own id
   * before the first envelope can reach it.
   */
  join(socketId: string, request: JoinRequest, seated: (seat: Seat) => void): RefusalCode | undefined {
    const { roomId, resume, ...presented } = request;
    const id = resume === undefined ? socketId : presented.engine && this.#o.tokens.verify(roomId, resume);
    if (id === undefined) return 'resume-refused';

    const resumed = resume !== undefined;
    const before = this.#o.rooms.find(roomId, id);
    const announcement: Announcement = { id, ...presented };
    if (!this.#o.rooms.enter({ roomId, announcement, socketId }, this.#o.capacity)) return 'room-full';
    this.#endHold(roomId, id);
    // The place is the new socket's already: closing the old one tells nobody anything.
    if (before?.socketId !== undefined && before.socketId !== socketId) {
      this.#o.closeSocket(before.socketId, 'replaced', 'This participant came back over another socket.');
    }

    const others = this.#others(roomId, id);
    seated({
      id,
      ...(presented.engine && { resume: this.#o.tokens.issue(roomId, id) }),
      participants: others.map((member) => member.announcement),
    });
    if (resumed) this.#announceResumed(others, announcement, before !== undefined);
    else this.#announceNewcomer(others, announcement, socketId);
    if (!before) this.#hook('onJoin', { roomId, announcement });
    return undefined;
  }

  /** The participant whose socket of the moment this is. */
  participantOf(roomId: RoomId | undefined, id: ParticipantId, socketId: string): Participant | undefined {
    const member = roomId === undefined ? undefined : this.#o.rooms.find(roomId, id);
    return member?.socketId === socketId ? toParticipant(member) : undefined;
  }

  /** The socket of a live member. */
  reach(roomId: RoomId, id: ParticipantId): RelaySocket | undefined {
    return this.#socketOf(this.#o.rooms.find(roomId, id));
  }

  liveSockets(roomId: RoomId): RelaySocket[] {
    return this.#o.rooms.members(roomId).flatMap((member) => this.#socketOf(member) ?? []);
  }

  /** A socket is gone. Whoever can come back keeps its place for a while; the others get a hint at once. */
  drop({ roomId, id }: Participant, reason: PeerLeftReason): void {
    if (!this.#o.rooms.find(roomId, id)?.announcement.engine || this.#o.holdMs === 0) {
      this.leave({ roomId, id }, reason);
      return;
    }
    this.#o.rooms.hold(roomId, id);
    for (const other of this.#others(roomId, id)) this.#socketOf(other)?.emit('#rtcio:peer-left', { id, reason });
    const timer = setTimeout(() => { this.#release(roomId, id); }, this.#o.holdMs);
    this.#holds.set(holdKey(roomId, id), timer.unref());
  }

  leave({ roomId, id }: Pick<Participant, 'roomId' | 'id'>, reason: PeerLeftReason = 'leave'): void {
    for (const other of this.#others(roomId, id)) this.#socketOf(other)?.emit('#rtcio:peer-left', { id, reason });
    this.#release(roomId, id);
  }

  /** Ends every timer and says nothing to anyone: a relay that goes away is no word about participants. */
  end(): void {
    for (const timer of this.#holds.values()) clearTimeout(timer);
    this.#holds.clear();
  }

  #announceNewcomer(others: readonly Member[], newcomer: Announcement, socketId: string): void {
    const socket = this.#o.socketOf(socketId);
    for (const other of others) {
      socket?.emit('user-connected', other.announcement);
      const otherSocket = this.#socketOf(other);
      otherSocket?.emit('user-connected', newcomer);
      otherSocket?.emit('#rtcio:init-offer', { source: newcomer.id });
    }
  }

  /** An rtc.io client has seen this id already, unless this relay had not. */
  #announceResumed(others: readonly Member[], announcement: Announcement, wasKnown: boolean): void {
    for (const other of others) {
      if (wasKnown && !other.announcement.engine) continue;
      this.#socketOf(other)?.emit('user-connected', { ...announcement, resumed: true });
    }
  }

  #release(roomId: RoomId, id: ParticipantId): void {
    const member = this.#o.rooms.find(roomId, id);
    this.#endHold(roomId, id);
    if (!member) return;
    this.#o.rooms.remove(roomId, id);
    for (const socket of this.liveSockets(roomId)) socket.emit('user-disconnected', { id });
    this.#hook('onLeave', member);
  }

  #others(roomId: RoomId, id: ParticipantId): Member[] {
    return this.#o.rooms.members(roomId).filter((member) => member.announcement.id !== id);
  }

  #socketOf(member: Member | undefined): RelaySocket | undefined {
    return member?.socketId === undefined ? undefined : this.#o.socketOf(member.socketId);
  }

  #endHold(roomId: RoomId, id: ParticipantId): void {
    const key = holdKey(roomId, id);
    clearTimeout(this.#holds.get(key));
    this.#holds.delete(key);
  }

  #hook(name: 'onJoin' | 'onLeave', member: Member): void {
    const hook = this.#o[name];
    if (hook) callHook(this.#o.log, name, () => hook(toParticipant(member)));
  }
}

/** Neither part can contain a slash. */
function holdKey(roomId: RoomId, id: ParticipantId): string {
  return `${roomId}/${id}`;
}

function toParticipant({ roomId, announcement: { id, name = '' } }: Member): Participant {
  return Object.freeze({ id, roomId, name, identity: {} });
}
