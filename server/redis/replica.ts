import type { ParticipantId, RoomId } from '../../src/protocol/wire.ts';
import type { LiveMember, Member, RoomFact, Tell } from '../rooms/rooms.ts';
import { toMember, type Loaded, type PlaceRecord, type Published } from './records.ts';

interface Place { record: PlaceRecord; member: Member }

/** How long a published change may be behind the answer that names it; then the room is loaded instead. */
const LATE_MS = 500;

/**
 * One room as this relay knows it, so that it can be read at once. It takes the published changes in their order; where one is
 * missing it loads the room, and tells the difference as the facts that would have led there.
 */
export class Replica {
  readonly roomId: RoomId;
  /** How many wait for a decision about this room. */
  users = 0;
  readonly #tell: Tell;
  readonly #load: (replica: Replica) => Promise<Loaded>;
  #places = new Map<ParticipantId, Place>();
  #knocks = new Map<ParticipantId, Place>();
  #locked = false;
  /** 0: not loaded yet. */
  #seq = 0;
  #born = '';
  #loading: Promise<void> | undefined;
  /** Published while it is being loaded. */
  #early: Published[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(roomId: RoomId, tell: Tell, load: (replica: Replica) => Promise<Loaded>) {
    this.roomId = roomId;
    this.#tell = tell;
    this.#load = load;
  }

  get born(): string {
    return this.#born;
  }

  get isLoaded(): boolean {
    return this.#seq > 0;
  }

  get isLocked(): boolean {
    return this.#locked;
  }

  get members(): Member[] {
    return [...this.#places.values()].map(({ member }) => member);
  }

  get knockers(): LiveMember[] {
    return [...this.#knocks.values()].map(({ member }) => member as LiveMember);
  }

  get records(): { members: PlaceRecord[]; knocks: PlaceRecord[] } {
    return { members: [...this.#places.values()].map(recordOf), knocks: [...this.#knocks.values()].map(recordOf) };
  }

  find(id: ParticipantId): Member | undefined {
    return this.#places.get(id)?.member;
  }

  relayOf(id: ParticipantId): string | undefined {
    return this.#places.get(id)?.record.relay;
  }

  /** @throws Error where Redis is out of reach: it is then as it was. */
  load(): Promise<void> {
    return (this.#loading ??= this.#load(this).then((loaded) => { this.#differ(loaded); }).finally(() => {
      this.#loading = undefined;
      for (const published of this.#early.splice(0)) this.hear(published);
    }));
  }

  hear(published: Published): void {
    if (this.#loading) { this.#early.push(published); return; }
    const [before, seq] = [Number(published.before), Number(published.seq)];
    if (seq <= this.#seq) return;
    const follows = before === this.#seq || (before === 0 && this.#places.size + this.#knocks.size === 0);
    if (!follows) { this.#reload(); return; }
    this.#seq = seq;
    if (before === 0) this.#born = published.seq;
    this.#take(published);
    this.#arrive();
  }

  /** Resolves when what `seq` counts has been told here. */
  async reached(seq: string): Promise<void> {
    const late = setTimeout(() => { this.#reload(); }, LATE_MS).unref();
    while (this.#seq < Number(seq)) await new Promise<void>((resolve) => { this.#waiting.add(resolve); });
    clearTimeout(late);
  }

  #reload(): void {
    // Out of reach: everything is loaded when Redis is back.
    this.load().catch(() => undefined);
  }

  #arrive(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  #take(published: Published): void {
    switch (published.fact) {
      case 'entered':
        this.#endKnock(published.record.id, 'admitted');
        this.#enter(published.record);
        break;
      case 'knocked': this.#knock(published.record); break;
      case 'held': {
        const place = this.#places.get(published.id);
        if (place) this.#hold({ ...place.record, socket: '' }, published.reason);
        break;
      }
      case 'left': this.#leave(published.id, published.reason); break;
      case 'knock-ended': this.#endKnock(published.id, published.how); break;
      case 'locked': this.#lock(published.locked); break;
      case 'ended': {
        const { members, knockers } = this;
        this.#places.clear();
        this.#knocks.clear();
        this.#locked = false;
        this.#say({ fact: 'ended', roomId: this.roomId, by: published.by, members, knockers });
      }
    }
  }

  /** What is now as against what was. */
  #differ([seq, born, locked, members, knocks]: Loaded): void {
    const [places, waiting] = [members.map(parse), knocks.map(parse)];
    const [ids, waitingIds] = [places, waiting].map((records) => new Set(records.map(({ id }) => id)));
    for (const id of [...this.#knocks.keys()]) if (!waitingIds?.has(id)) this.#endKnock(id, ids?.has(id) ? 'admitted' : 'gone');
    for (const id of [...this.#places.keys()]) if (!ids?.has(id)) this.#leave(id);
    for (const record of places) {
      const before = this.#places.get(record.id)?.record;
      if (before === undefined || (before.socket !== record.socket && record.socket !== '')) this.#enter(record);
      else if (before.socket !== record.socket) this.#hold(record, 'transport close');
    }
    for (const record of waiting) if (!this.#knocks.has(record.id)) this.#knock(record);
    this.#lock(locked !== '');
    this.#places = new Map([...this.#places].sort(([, a], [, b]) => (a.record.n ?? 0) - (b.record.n ?? 0)));
    this.#seq = Number(seq);
    this.#born = born;
    this.#arrive();
  }

  /** What was there before this relay came is no news. */
  #say(fact: RoomFact): void {
    if (this.#seq > 0) this.#tell(fact);
  }

  #enter(record: PlaceRecord): void {
    const before = this.find(record.id);
    const member = this.#put(record);
    // A place that another relay brought back while it is held is nobody's coming.
    if (member.socketId === undefined) return;
    this.#say({ fact: 'entered', member: member as LiveMember, before, returning: record.again === true });
  }

  #hold(record: PlaceRecord, reason: Extract<Published, { fact: 'held' }>['reason']): void {
    this.#say({ fact: 'held', member: this.#put(record), reason });
  }

  #leave(id: ParticipantId, reason?: Extract<Published, { fact: 'left' }>['reason']): void {
    const member = this.find(id);
    this.#places.delete(id);
    if (this.#places.size === 0) this.#locked = false;
    if (member) this.#say({ fact: 'left', member, ...(reason && { reason }) });
  }

  #knock(record: PlaceRecord): void {
    const member = toMember(this.roomId, record) as LiveMember;
    this.#knocks.set(record.id, { record, member });
    this.#say({ fact: 'knocked', knocker: member });
  }

  #endKnock(id: ParticipantId, how: 'admitted' | 'refused' | 'gone'): void {
    const knocker = this.#knocks.get(id)?.member as LiveMember | undefined;
    this.#knocks.delete(id);
    if (knocker) this.#say({ fact: 'knock-ended', knocker, how });
  }

  #lock(locked: boolean): void {
    if (locked === this.#locked) return;
    this.#locked = locked;
    this.#say({ fact: 'locked', roomId: this.roomId, locked });
  }

  #put(record: PlaceRecord): Member {
    const member = toMember(this.roomId, record);
    this.#places.set(record.id, { record, member });
    return member;
  }
}

const recordOf = ({ record }: Place): PlaceRecord => record;
const parse = (text: string): PlaceRecord => JSON.parse(text) as PlaceRecord;
