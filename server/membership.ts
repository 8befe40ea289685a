import type {
  Announcement, IceConfiguration, Joined, JoinRequest, ParticipantId, PeerLeftReason, Refusal,
} from '../src/protocol/wire.ts';
import { Announcer, idOf, toKnock, type AnnouncerOptions } from './announcer.ts';
import { callHook, describeError, type Log } from './log.ts';
import type { RelayIssuer } from './identity/relay-issuer.ts';
import type { ResumeTokens } from './resume.ts';
import type { RoomRules } from './room-rules.ts';
import type { LiveMember, Member, OpenRooms, Place, RoomFact, Rooms } from './rooms/rooms.ts';
import type { Identity, Participant, RefusalCode, RelaySocket } from './types.ts';
import { within } from './within.ts';

export interface MembershipOptions extends Pick<AnnouncerOptions, 'socketOf' | 'closeSocket'> {
  openRooms: OpenRooms;
  rules: RoomRules;
  tokens: ResumeTokens;
  /** Signs vouches for who asks for one. */
  issuer: RelayIssuer | undefined;
  holdMs: number;
  log: Log;
  emitTo(socket: RelaySocket, event: string, body: unknown): void;
  onJoin?: ((participant: Participant) => unknown) | undefined;
  onLeave?: ((participant: Participant) => unknown) | undefined;
}

export type Seat = Omit<Joined, keyof IceConfiguration | 'tokenExpiresAt'>;

/** How a socket hears what became of its join: in the tick of the fact, before anyone else hears of it. */
export interface Arrival { waits(): void; seated(seat: Seat): void }

/** A store that has not decided by then is out of reach. */
const STORE_MS = 5_000;

/** Joining, coming back, dropping and leaving: what sockets ask of the rooms, and what comes of it. */
export class Membership {
  readonly rooms: Rooms;
  readonly #o: MembershipOptions;
  readonly #announcer: Announcer;
  /** By socket: a socket is in one room at most. */
  readonly #arrivals = new Map<string, Arrival>();
  /** Those whom this relay's app was told of by `onJoin`, or would have been. */
  readonly #known = new Set<string>();

  constructor(options: MembershipOptions) {
    this.#o = options;
    this.rooms = options.openRooms((fact) => { this.#hear(fact); });
    this.#announcer = new Announcer({ ...options, rooms: this.rooms, isHost: (identity) => options.rules.isHost(identity) });
  }

  /** The id that a join would have. @returns `undefined` for a resume token that does not hold here. */
  idOf(socketId: string, { roomId, resume, engine }: JoinRequest, { sub }: Identity): ParticipantId | undefined {
    if (resume === undefined) return socketId;
    return engine && this.#o.tokens.verify(roomId, resume, sub);
  }

  /**
   * Takes a place, or knocks. Without hooks and with a store in memory all of it happens before this returns. Whoever gave up
   * meanwhile calls {@link leave} or {@link drop} when it has settled.
   */
  async join(place: Place, identity: Identity, request: JoinRequest, arrival: Arrival): Promise<Refusal['error'] | undefined> {
    const { rules } = this.#o;
    const { roomId, resume, vouch: given, ...presented } = request;
    const forbidden = rules.authorize(identity, roomId);
    const refusal = forbidden instanceof Promise ? await forbidden : forbidden;
    if (refusal) return refusal;

    const { name = presented.name, roles } = identity;
    const vouch = given === '' ? this.#o.issuer?.vouchFor(roomId, { ...presented, id: place.id }, identity) : given;
    const announcement: Announcement = {
      ...presented, id: place.id, ...(name !== undefined && { name }), ...(roles && { roles: [...roles] }),
      ...(vouch !== undefined && { vouch }),
    };
    const { socketId } = place;
    this.#arrivals.set(socketId, arrival);
    let entering: Promise<RefusalCode | undefined> | undefined;
    try {
      entering = this.rooms.enter({
        member: { roomId, announcement, identity, socketId },
        capacity: rules.capacity,
        returning: resume !== undefined,
        isHost: rules.isHost(identity),
        mayCreate: rules.mayCreate(identity),
        knock: rules.hasWaitingRoom(roomId) ? { waitMs: rules.knockMs, most: rules.maxKnocks } : undefined,
      });
      const code = await within(STORE_MS, entering);
      if (code) this.#arrivals.delete(socketId);
      return code && { code, message: SENTENCES[code] ?? 'The room cannot be entered.' };
    } catch (error) {
      this.#arrivals.delete(socketId);
      // Should it be decided after all, nobody waits for it any more.
      Promise.resolve(entering).then(() => this.leave(place, 'closed by relay'), () => undefined);
      return this.unavailable(error);
    }
  }

  /** The participant whose socket of the moment this is. */
  memberAt({ roomId, id, socketId }: Place): Member | undefined {
    const member = this.rooms.find(roomId, id);
    return member?.socketId === socketId ? member : undefined;
  }

  /** Says something to a member, wherever its socket is. @returns whether it has one. */
  deliver(member: Member | undefined, event: string, body: unknown): boolean {
    if (member?.socketId === undefined) return false;
    const socket = this.#o.socketOf(member.socketId);
    if (!socket) return this.rooms.carry(member as LiveMember, event, body);
    this.#o.emitTo(socket, event, body);
    return true;
  }

  /** A socket is gone. Whoever can come back keeps its place for a while; the others get a hint at once. */
  async drop(place: Place, reason: PeerLeftReason): Promise<void> {
    const member = this.memberAt(place);
    if (!member?.announcement.engine || this.#o.holdMs === 0) await this.leave(place, reason);
    else await this.#settled(this.rooms.hold(place, this.#o.holdMs, reason));
  }

  /** Gives up the place, or the knock. A store out of reach is told by itself, later, whose sockets are gone. */
  async leave(place: Place, reason: PeerLeftReason = 'leave'): Promise<void> {
    this.#arrivals.delete(place.socketId);
    // Whoever goes on purpose comes back as anybody else does: past no lock, and through the waiting room.
    const farewellMs = reason === 'leave' ? this.#o.tokens.lifeMs : 0;
    await this.#settled(this.rooms.leave(place, reason, farewellMs));
  }

  endFor(member: Member): void {
    this.#announcer.endFor(member);
  }

  unavailable(error: unknown): Refusal['error'] {
    this.#o.log('error', 'the room store is out of reach', { error: describeError(error) });
    return { code: 'relay-unavailable', message: 'The relay cannot decide on this now; try again.' };
  }

  /** Ends every timer and says nothing to anyone: a relay that goes away is no word about participants. */
  end(): void {
    this.rooms.close();
  }

  /** The ack goes first: a newcomer knows its own id before the first envelope can reach it. */
  #hear(fact: RoomFact): void {
    if (fact.fact === 'carried') {
      const socket = this.#o.socketOf(fact.socketId);
      if (socket) this.#o.emitTo(socket, fact.event, fact.body);
      return;
    }
    if (fact.fact === 'entered') this.#seat(fact.member);
    if (fact.fact === 'knocked') this.#arrivals.get(fact.knocker.socketId)?.waits();
    this.#announcer.tell(fact);
    if (fact.fact === 'entered') this.#know(fact.member, fact.before !== undefined);
    if (fact.fact === 'left') this.#forget(fact.member);
    if (fact.fact === 'ended') for (const member of fact.members) this.#forget(member);
    if (fact.fact === 'knock-ended' && fact.how !== 'admitted') this.#arrivals.delete(fact.knocker.socketId);
  }

  #seat({ roomId, announcement: { id, engine, vouch }, identity, socketId }: LiveMember): void {
    const arrival = this.#arrivals.get(socketId);
    this.#arrivals.delete(socketId);
    arrival?.seated({
      id,
      ...(identity.name !== undefined && { name: identity.name }),
      ...(identity.roles && { roles: [...identity.roles] }),
      ...(this.rooms.isLocked(roomId) && { locked: true }),
      ...(this.#o.rules.isHost(identity) && { knocks: this.rooms.knockers(roomId).map(toKnock) }),
      ...(this.#o.issuer && vouch !== undefined && { vouch }),
      ...(engine && { resume: this.#o.tokens.issue(roomId, id, identity.sub) }),
      participants: this.rooms.members(roomId).filter((member) => idOf(member) !== id).map(({ announcement }) => announcement),
    });
  }

  /** The hooks are called by the relay that has the socket, or had it last. */
  #know(member: LiveMember, wasThere: boolean): void {
    const key = keyOf(member);
    if (!this.#o.socketOf(member.socketId)) this.#known.delete(key);
    else if (!this.#known.has(key)) {
      this.#known.add(key);
      if (!wasThere) this.#hook('onJoin', member);
    }
  }

  #forget(member: Member): void {
    if (this.#known.delete(keyOf(member))) this.#hook('onLeave', member);
  }

  #hook(name: 'onJoin' | 'onLeave', member: Member): void {
    const hook = this.#o[name];
    if (hook) callHook(this.#o.log, name, () => hook(toParticipant(member)));
  }

  async #settled(asked: Promise<void>): Promise<void> {
    await within(STORE_MS, asked).catch((error: unknown) => { this.unavailable(error); });
  }
}

const SENTENCES: Partial<Record<RefusalCode, string>> = {
  'room-full': 'The room is full.',
  'room-locked': 'A host locked the room.',
  'room-ended': 'A host ended the room a moment ago.',
  'rate-limited': 'Too many wait to be let in.',
  'resume-refused': 'This participant has left; join anew.',
  removed: 'A host removed this participant.',
  forbidden: 'Only some may open this room.',
};

/** Neither part can contain a slash. */
function keyOf(member: Member): string {
  return `${member.roomId}/${idOf(member)}`;
}

export function toParticipant({ roomId, announcement: { id, name = '' }, identity }: Member): Participant {
  return Object.freeze({ id, roomId, name, identity });
}
