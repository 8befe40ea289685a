import type { Knock, ParticipantId, RelayToClient, RoomId } from '../src/protocol/wire.ts';
import type { LiveMember, Member, RoomFact, Rooms } from './rooms/rooms.ts';
import type { Identity, RefusalCode, RelaySocket } from './types.ts';

export interface AnnouncerOptions {
  rooms: Pick<Rooms, 'members'>;
  isHost: (identity: Identity) => boolean;
  socketOf: (socketId: string) => RelaySocket | undefined;
  closeSocket: (socketId: string, code: RefusalCode, message: string) => void;
}

/** Puts facts into words, for the sockets of this relay. Those of another relay hear of the same facts there. */
export class Announcer {
  readonly #o: AnnouncerOptions;

  constructor(options: AnnouncerOptions) {
    this.#o = options;
  }

  tell(fact: Exclude<RoomFact, { fact: 'carried' }>): void {
    switch (fact.fact) {
      case 'entered': this.#entered(fact); break;
      case 'held': this.#tellOthers(fact.member, '#rtcio:peer-left', { id: idOf(fact.member), reason: fact.reason }); break;
      case 'left': this.#left(fact); break;
      case 'knocked': this.#tellHosts(fact.knocker, '#rtcio:knock', toKnock(fact.knocker)); break;
      case 'knock-ended':
        this.#tellHosts(fact.knocker, '#rtcio:knock-ended', { id: idOf(fact.knocker) });
        if (fact.how === 'refused') this.#close(fact.knocker, 'knock-refused', 'Nobody let this participant in.');
        break;
      case 'locked': this.#tellAll(fact.roomId, '#rtcio:room', { locked: fact.locked }); break;
      case 'ended':
        // Who asked for it is answered first.
        for (const member of [...fact.members, ...fact.knockers]) if (idOf(member) !== fact.by) this.endFor(member);
        break;
    }
  }

  endFor(member: Member): void {
    this.#close(member, 'room-ended', 'A host ended the call for everyone.');
  }

  #entered({ member, before, returning }: Extract<RoomFact, { fact: 'entered' }>): void {
    if (before?.socketId === member.socketId && before.announcement.vouch !== member.announcement.vouch) {
      for (const other of this.#others(member)) {
        if (other.announcement.engine) this.#socketOf(other)?.emit('user-connected', member.announcement);
      }
      return;
    }
    // The place is the new socket's already: closing the old one tells nobody anything.
    if (before && before.socketId !== member.socketId) {
      this.#close(before, 'replaced', 'This participant came back over another socket.');
    }
    const others = this.#others(member);
    if (!returning) { this.#announceNewcomer(others, member); return; }
    // An rtc.io client has seen this id already, unless its relay had not.
    const ignorant = before ? others.filter(({ announcement }) => announcement.engine) : others;
    for (const other of ignorant) this.#socketOf(other)?.emit('user-connected', { ...member.announcement, resumed: true });
  }

  #announceNewcomer(others: readonly Member[], { announcement, socketId }: LiveMember): void {
    const socket = this.#o.socketOf(socketId);
    for (const other of others) {
      socket?.emit('user-connected', other.announcement);
      const otherSocket = this.#socketOf(other);
      otherSocket?.emit('user-connected', announcement);
      otherSocket?.emit('#rtcio:init-offer', { source: announcement.id });
    }
  }

  #left({ member, reason }: Extract<RoomFact, { fact: 'left' }>): void {
    const id = idOf(member);
    if (reason) this.#tellOthers(member, '#rtcio:peer-left', { id, reason });
    this.#tellOthers(member, 'user-disconnected', { id });
    if (reason === 'removed') this.#close(member, 'removed', 'A host removed this participant.');
  }

  #tellAll<E extends keyof RelayToClient>(roomId: RoomId, event: E, ...body: Parameters<RelayToClient[E]>): void {
    for (const member of this.#o.rooms.members(roomId)) this.#socketOf(member)?.emit(event, ...body);
  }

  #tellOthers<E extends keyof RelayToClient>(member: Member, event: E, ...body: Parameters<RelayToClient[E]>): void {
    for (const other of this.#others(member)) this.#socketOf(other)?.emit(event, ...body);
  }

  #tellHosts<E extends keyof RelayToClient>({ roomId }: Member, event: E, ...body: Parameters<RelayToClient[E]>): void {
    for (const host of this.#o.rooms.members(roomId)) {
      if (this.#o.isHost(host.identity)) this.#socketOf(host)?.emit(event, ...body);
    }
  }

  #others(member: Member): Member[] {
    return this.#o.rooms.members(member.roomId).filter((other) => idOf(other) !== idOf(member));
  }

  #socketOf({ socketId }: Member): RelaySocket | undefined {
    return socketId === undefined ? undefined : this.#o.socketOf(socketId);
  }

  #close({ socketId }: Member, code: RefusalCode, message: string): void {
    if (socketId !== undefined) this.#o.closeSocket(socketId, code, message);
  }
}

export function toKnock({ announcement: { id, name } }: Member): Knock {
  return { id, ...(name !== undefined && { name }) };
}

export function idOf(member: Member): ParticipantId {
  return member.announcement.id;
}
