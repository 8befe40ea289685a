import { randomUUID } from 'node:crypto';
import type { ParticipantId, PeerLeftReason, RoomId } from '../../src/protocol/wire.ts';
import type { Log } from '../log.ts';
import type { Entry, LiveMember, Member, Place, Rooms, Tell } from '../rooms/rooms.ts';
import type { RefusalCode } from '../types.ts';
import { within } from '../within.ts';
import { RedisLink, type Adapter } from './redis-link.ts';
import { ALIVE_MS, Pulse } from './pulse.ts';
import { Replica } from './replica.ts';
import { toRecord, type Loaded, type Published } from './records.ts';

export interface RedisRoomsOptions {
  /** `redis://…` or `rediss://…`. */
  url: string;
  /** How long the places of a relay that died are held. */
  holdMs: number;
  log: Log;
  tell: Tell;
}

/** What says something to a socket of another relay. */
export interface Carrier {
  useAdapter(adapter: Adapter): void;
  carry(socketId: string, event: string, body: unknown): void;
}

const TOLD_MS = 1_500; // A decision that was told nowhere by then is none.
const GUEST_MS = 6_000; // For the other relays, to come back to a Redis that lost everything.
/** Keys end by themselves a day after they were last written; those in use are written so often. */
const KEEP_MS = 3_600_000;

/** The rooms of several relays: Redis decides, by one script; each relay keeps a replica of the rooms that it has sockets in. */
export class RedisRooms implements Rooms {
  readonly #o: RedisRoomsOptions;
  readonly #relay = randomUUID();
  readonly #prefix: string;
  readonly #replicas = new Map<RoomId, Replica>();
  /** What Redis has not heard: who is gone. By socket. */
  readonly #owed = new Map<string, () => Promise<unknown>>();
  readonly #pulse = new Pulse({ beat: () => this.#beat(), agree: () => this.#agree() });
  #link: RedisLink | undefined;
  #carrier: Carrier | undefined;
  #keptMs = -Infinity;
  #isClosed = false;

  /** @throws TypeError for a URL that cannot be right. */
  constructor(options: RedisRoomsOptions) {
    this.#o = options;
    this.#prefix = `rtc-elements:${databaseOf(options.url)}:`;
  }

  /** @throws Error where a package is missing. A Redis out of reach only delays. */
  async open(carrier: Carrier): Promise<void> {
    const { url, log } = this.#o;
    this.#carrier = carrier;
    const link = await RedisLink.open({
      url, log, prefix: this.#prefix,
      onReturn: () => { this.#pulse.miss(); },
      onPublished: (text) => { this.#hear(JSON.parse(text) as Published); },
    });
    if (this.#isClosed) { link.close(); return; }
    this.#link = link;
    carrier.useAdapter(link.createAdapter());
    await this.#pulse.start();
  }

  async revise(member: LiveMember): Promise<void> {
    await this.#decide('revise', member.roomId, { record: toRecord(member, this.#relay, undefined) });
  }

  async enter({ member, capacity, returning, isHost, mayCreate, knock }: Entry): Promise<RefusalCode | undefined> {
    const { roomId, announcement: { id, engine }, socketId } = member;
    const record = toRecord(member, this.#relay, knock?.waitMs);
    const place = { roomId, id, socketId };
    if (!this.isReachable()) throw new Error('Redis is out of reach');
    try {
      return await this.#decide('enter', roomId, { record, capacity, returning, isHost, mayCreate, most: knock?.most });
    } catch (error) {
      // It may have been decided all the same.
      this.#owe(socketId, () => returning && engine
        ? this.#hold(place, this.#o.holdMs, 'transport close') : this.#leave(place, 'closed by relay', 0));
      throw error;
    }
  }

  async hold(place: Place, holdMs: number, reason: PeerLeftReason): Promise<void> {
    await this.#orOwed(place, () => this.#hold(place, holdMs, reason));
  }

  async leave(place: Place, reason: PeerLeftReason, farewellMs: number): Promise<void> {
    await this.#orOwed(place, () => this.#leave(place, reason, farewellMs));
  }

  admit(roomId: RoomId, id: ParticipantId, capacity: number): Promise<RefusalCode | undefined> {
    return this.#decide('admit', roomId, { id, capacity });
  }

  refuse(roomId: RoomId, id: ParticipantId): Promise<RefusalCode | undefined> {
    return this.#decide('refuse', roomId, { id });
  }

  remove(roomId: RoomId, id: ParticipantId, bans: { idMs: number; subjectMs: number }): Promise<RefusalCode | undefined> {
    return this.#decide('remove', roomId, { id, ...bans });
  }

  async lock(roomId: RoomId, locked: boolean): Promise<void> {
    await this.#decide('lock', roomId, { locked });
  }

  async end(roomId: RoomId, by: ParticipantId, barMs: number): Promise<void> {
    await this.#decide('end', roomId, { by, barMs });
  }

  find(roomId: RoomId, id: ParticipantId): Member | undefined {
    return this.#replicas.get(roomId)?.find(id);
  }

  members(roomId: RoomId): Member[] {
    return this.#replicas.get(roomId)?.members ?? [];
  }

  knockers(roomId: RoomId): LiveMember[] {
    return this.#replicas.get(roomId)?.knockers ?? [];
  }

  isLocked(roomId: RoomId): boolean {
    return this.#replicas.get(roomId)?.isLocked ?? false;
  }

  carry({ roomId, announcement: { id }, socketId }: LiveMember, event: string, body: unknown): boolean {
    const relay = this.#replicas.get(roomId)?.relayOf(id);
    if (relay === undefined || relay === this.#relay || !this.isReachable()) return false;
    this.#carrier?.carry(socketId, event, body);
    return true;
  }

  isReachable(): boolean {
    return this.#link?.isReady === true && this.#pulse.isFelt;
  }

  census(): { rooms: number; participants: number } {
    const own = [...this.#replicas.values()].map((replica) => this.#ownIn(replica).members).filter((count) => count > 0);
    return { rooms: own.length, participants: own.reduce((sum, count) => sum + count, 0) };
  }

  close(): void {
    this.#isClosed = true;
    this.#pulse.end();
    this.#link?.close();
  }

  #hear(published: Published): void {
    const replica = this.#replicas.get(published.room);
    if (!replica || this.#isClosed) return;
    replica.hear(published);
    this.#tidy(replica);
  }

  #hold(place: Place, holdMs: number, reason: PeerLeftReason): Promise<unknown> {
    return this.#decide('hold', place.roomId, { id: place.id, socket: place.socketId, holdMs, reason });
  }

  #leave(place: Place, reason: PeerLeftReason, farewellMs: number): Promise<unknown> {
    return this.#decide('leave', place.roomId, { id: place.id, socket: place.socketId, reason, farewellMs });
  }

  /** Answers once what came of it has been told here. */
  async #decide(what: string, roomId: RoomId, body: object): Promise<RefusalCode | undefined> {
    const replica = this.#replicate(roomId);
    replica.users++;
    try {
      if (!replica.isLoaded) await replica.load();
      const [answer, seq] = await this.#ask(what, { ...body, room: roomId });
      if (seq !== '') await within(TOLD_MS, replica.reached(seq));
      return answer === '' ? undefined : answer as RefusalCode;
    } finally {
      replica.users--;
      this.#tidy(replica);
    }
  }
  async #ask(what: string, body: object): Promise<readonly [unknown, string]> {
    if (!this.#link) throw new Error('Redis has not been reached yet');
    return this.#link.ask(what, { ...body, relay: this.#relay });
  }

  #replicate(roomId: RoomId): Replica {
    const known = this.#replicas.get(roomId);
    if (known) return known;
    const tell: Tell = (fact) => { if (!this.#isClosed) this.#o.tell(fact); };
    const replica = new Replica(roomId, tell, async () => {
      const { born, isLocked: locked, records } = replica;
      const { holdMs } = this.#o;
      const [loaded] = await this.#ask('load', { room: roomId, born, locked, ...records, holdMs, guestMs: GUEST_MS });
      return loaded as Loaded;
    });
    this.#replicas.set(roomId, replica);
    return replica;
  }

  #ownIn({ records }: Replica): { members: number; knocks: number } {
    const count = (of: readonly { relay: string }[]) => of.filter(({ relay }) => relay === this.#relay).length;
    return { members: count(records.members), knocks: count(records.knocks) };
  }

  /** A room in which this relay has nobody, and about which nobody waits, is forgotten. */
  #tidy(replica: Replica): void {
    const { members, knocks } = this.#ownIn(replica);
    if (replica.users + members + knocks > 0 || !this.#replicas.delete(replica.roomId)) return;
    this.#ask('forget', { room: replica.roomId }).catch(() => undefined);
  }

  async #beat(): Promise<boolean> {
    const keep = performance.now() - this.#keptMs > KEEP_MS;
    const [answer] = await this.#ask('beat', { keep, ttlMs: ALIVE_MS, holdMs: this.#o.holdMs });
    if (keep) this.#keptMs = performance.now();
    return answer === 'new';
  }

  async #agree(): Promise<void> {
    await Promise.all([...this.#replicas.values()].map((replica) => replica.load()));
    await Promise.all([...this.#owed].map(async ([socketId, pay]) => {
      await pay();
      this.#owed.delete(socketId);
    }));
  }

  async #orOwed({ socketId }: Place, act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#owe(socketId, act);
      throw error;
    }
  }

  #owe(socketId: string, act: () => Promise<unknown>): void {
    this.#owed.set(socketId, act);
    this.#pulse.miss();
  }
}

/** Channels of Redis know no databases: the prefix does. @throws TypeError that does not repeat what may hold a password. */
function databaseOf(url: string): string {
  const { protocol, pathname } = URL.canParse(url) ? new URL(url) : { protocol: '', pathname: '' };
  const [isPath, database] = /^\/?(\d{1,4})?$/.exec(pathname) ?? [];
  if (isPath === undefined || !['redis:', 'rediss:'].includes(protocol)) {
    throw new TypeError('redis is not a URL like redis://127.0.0.1:6379');
  }
  return database ?? '0';
}
