import type { Announcement, ParticipantId, PeerLeftReason, RoomId } from '../../src/protocol/wire.ts';
import type { Identity, RefusalCode } from '../types.ts';

/** One place in a room. */
export interface Member {
  readonly roomId: RoomId;
  readonly announcement: Announcement;
  readonly identity: Identity;
  /** The socket of the moment; absent while the place is held for someone who dropped. */
  readonly socketId?: string;
}

/** What a ban holds on to beside the participant's id: the subject, or else the token. */
export function bannedAs({ sub, tokenHash }: Identity): string | undefined {
  return sub ?? tokenHash;
}

export interface LiveMember extends Member { readonly socketId: string }

/** A place as the socket that has it knows it: where the socket has changed meanwhile, nothing happens. */
export interface Place { readonly roomId: RoomId; readonly id: ParticipantId; readonly socketId: string }

/** Someone who wants to come in, and what holds for them. */
export interface Entry {
  readonly member: LiveMember;
  readonly capacity: number;
  /** Came with a resume token: neither a lock nor a waiting room is in the way. */
  readonly returning: boolean;
  /** Neither a lock nor a waiting room is in the way, nor that the room was ended. */
  readonly isHost: boolean;
  /** May enter a room that has nobody. */
  readonly mayCreate: boolean;
  /** The room has a waiting room: who is no host knocks. */
  readonly knock?: { readonly waitMs: number; readonly most: number } | undefined;
}

/** What happened, at whichever relay. */
export type RoomFact =
  /** `before`: their place, where they had one; with the same socket, where only what is said of them is new. */
  | { fact: 'entered'; member: LiveMember; before?: Member | undefined; returning: boolean }
  | { fact: 'held'; member: Member; reason: PeerLeftReason }
  /** Without a reason: their place was held long enough. A `removed` one has its last socket still. */
  | { fact: 'left'; member: Member; reason?: PeerLeftReason }
  | { fact: 'knocked'; knocker: LiveMember }
  | { fact: 'knock-ended'; knocker: LiveMember; how: 'admitted' | 'refused' | 'gone' }
  | { fact: 'locked'; roomId: RoomId; locked: boolean }
  | { fact: 'ended'; roomId: RoomId; by: ParticipantId; members: readonly Member[]; knockers: readonly LiveMember[] }
  /** A word for a socket of this relay, said at another. */
  | { fact: 'carried'; socketId: string; event: string; body: unknown };

export type Tell = (fact: RoomFact) => void;
export type OpenRooms = (tell: Tell) => Rooms;

/**
 * Who is in which room, and under which rules. What decides is asynchronous and atomic over all relays, and rejects where the
 * store cannot be reached; what it did all the same it undoes for sockets that are gone. What came of it is told as facts, in one
 * order for each room, at every relay that has a socket there; at the one that asked, before the promise resolves. Reading is
 * synchronous, from what the facts have told so far.
 */
export interface Rooms {
  /** Takes a place, the participant's own place again, or knocks. */
  enter(entry: Entry): Promise<RefusalCode | undefined>;
  /** Announces the one who has this place anew; nothing where another socket has it by now. */
  revise(member: LiveMember): Promise<void>;
  /** The socket is gone, the place stays for a while. */
  hold(place: Place, holdMs: number, reason: PeerLeftReason): Promise<void>;
  /** Gives up the place, or the knock. For `farewellMs` nobody comes back with a resume token under this id. */
  leave(place: Place, reason: PeerLeftReason, farewellMs: number): Promise<void>;
  admit(roomId: RoomId, id: ParticipantId, capacity: number): Promise<RefusalCode | undefined>;
  refuse(roomId: RoomId, id: ParticipantId): Promise<RefusalCode | undefined>;
  /** Takes the place away. The participant id stays out for `idMs`, the subject of its identity for `subjectMs`. */
  remove(roomId: RoomId, id: ParticipantId, bans: { idMs: number; subjectMs: number }): Promise<RefusalCode | undefined>;
  /** Until the room has nobody. */
  lock(roomId: RoomId, locked: boolean): Promise<void>;
  /** Takes all places away; for `barMs` only a host may enter. */
  end(roomId: RoomId, by: ParticipantId, barMs: number): Promise<void>;

  find(roomId: RoomId, id: ParticipantId): Member | undefined;
  /** In the order of arrival. */
  members(roomId: RoomId): Member[];
  knockers(roomId: RoomId): LiveMember[];
  isLocked(roomId: RoomId): boolean;

  /** Says something to a socket of another relay. @returns whether there may be one. */
  carry(member: LiveMember, event: string, body: unknown): boolean;
  /** Whether a join could be decided now. */
  isReachable(): boolean;
  /** Of the rooms in which this relay has sockets. */
  census(): { rooms: number; participants: number };
  /** Ends every timer, tells nothing more. */
  close(): void;
}
