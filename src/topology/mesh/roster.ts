import { RoomError, toRoomError } from '../../shared/errors.ts';
import { undelivered } from '../../channels/exchange.ts';
import { after } from '../../shared/scope.ts';
import { Member } from './member.ts';
import { memberHost } from './member-host.ts';
import { standingOf } from './relay-facts.ts';
import { WaitingEnvelopes } from './waiting-envelopes.ts';
import type { JoinCertificate } from '../../negotiation/certificate.ts';
import type { DialectFactory } from '../../peer/dialect.ts';
import type { Announcement, Joined, ParticipantId } from '../../protocol/wire.ts';
import type { Signaling, SignalingEvents } from '../../signaling/signaling.ts';
import type { TopologyContext } from '../topology.ts';
import type { ParticipantState } from '../views.ts';
import type { IceServers } from './ice.ts';
import type { LazyChannels } from './lazy-channels.ts';
import type { LazyVouches } from './lazy-vouches.ts';
import type { MemberHost } from './member.ts';

/** After a far end closed its pc: time for the relay to say that it left. */
const RECONNECT_MS = 1000;
const BARRED_MS = 60_000;

export interface RosterParts {
  readonly context: TopologyContext;
  readonly signaling: Signaling;
  readonly channels: LazyChannels;
  readonly ice: IceServers;
  readonly vouches: LazyVouches;
  loadDialect(kind: 'engine' | 'rtcio'): Promise<DialectFactory>;
}

export interface Self { readonly id: ParticipantId; readonly certificate: JoinCertificate }

/** Who is in the mesh. The relay says who comes and goes; what a peer is worth, and whether it is gone, shows on its pc. */
export class Roster {
  readonly #parts: RosterParts;
  readonly #members = new Map<ParticipantId, Member>();
  readonly #waiting = new WaitingEnvelopes();
  readonly #memberHost: MemberHost;
  /** The key each was connected with, for the whole join: who comes with another is another participant. (rtc.io: a key a pc.) */
  readonly #pins = new Map<ParticipantId, string>();
  /** Until when whoever misbehaved is not met again, though the relay goes on listing them. */
  readonly #barred = new Map<ParticipantId, number>();
  #self: Self | undefined;
  #relay: 'up' | 'closed' | 'silent' = 'closed';
  /** What the relay said before we knew what it had answered to the join. */
  #early: (() => void)[] | undefined = [];

  constructor(parts: RosterParts) {
    this.#parts = parts;
    this.#memberHost = memberHost({
      ...parts, pins: this.#pins,
      self: () => this.#self,
      others: (than) => [...this.#members.values()].filter((member) => member !== than),
      relay: () => this.#relay,
      enqueue: (member, task) => { this.#enqueue(member, task); },
      show: (member, state, reason) => { this.#state(member, state, reason); },
      remove: (member, reason) => { this.#remove(member, reason); },
      bar: (member) => { this.#bar(member); },
    }, (kind) => parts.loadDialect(kind));
  }

  get self(): Self | undefined {
    return this.#self;
  }

  get members(): Iterable<Member> {
    return this.#members.values();
  }

  find(id: ParticipantId): Member | undefined {
    return this.#members.get(id);
  }

  /** @throws RoomError `unknown-participant`. */
  member(id: ParticipantId): Member {
    const member = this.find(id);
    if (!member) throw new RoomError('unknown-participant', `${id} is not in the room.`);
    return member;
  }

  /** The relay has let us in; what it said since is heard now. */
  joined(certificate: JoinCertificate, joined: Joined): void {
    const { id, participants } = joined;
    this.#self = { id, certificate };
    this.#relay = 'up';
    for (const announcement of participants) this.#announced(announcement);
    this.#parts.context.onFact({ type: 'joined', id, standing: standingOf(joined) });
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const hear of early) hear();
  }

  leave(reason: string): void {
    for (const member of this.#members.values()) member.end(reason);
    this.#members.clear();
  }

  /** Before the join is asked for: nothing of what follows its answer is missed. */
  listen(): void {
    const { context: { scope, onFact }, signaling: { events } } = this.#parts;
    const on = <E extends keyof SignalingEvents>(event: E, hear: (payload: SignalingEvents[E]) => void) => {
      events.on(event, (payload) => {
        if (this.#early) this.#early.push(() => { hear(payload); }); else hear(payload);
      }, { signal: scope });
    };
    on('announced', (announcement) => { this.#announced(announcement); });
    on('init-offer', ({ source }) => {
      const member = this.#members.get(source);
      if (member) this.#enqueue(member, () => { member.offer(); });
    });
    on('envelope', ({ source, data }) => {
      if ('sealed' in data) return; // Nobody here has its key.
      const member = this.#members.get(source);
      if (member) this.#enqueue(member, () => { member.receive(data); });
      else if (source !== this.#self?.id) this.#waiting.add(source, data);
    });
    on('peer-left', ({ id, reason }) => {
      const member = this.#members.get(id);
      if (!member) return;
      // A host's will is no hint: it holds at once.
      if (reason === 'removed') this.#remove(member, reason);
      else if (reason !== 'ping timeout') member.socketClosed = true;
    });
    on('departed', ({ id }) => { this.#departed(id); });
    on('lost', ({ silent }) => {
      this.#relay = silent ? 'silent' : 'closed';
      onFact({ type: 'relay-lost' });
    });
    on('returned', (joined) => { this.#returned(joined); });
  }

  #announced(announcement: Announcement): void {
    const { id, resumed = false } = announcement;
    if (id === this.#self?.id || (this.#barred.get(id) ?? 0) > performance.now()) return;
    let member = this.#members.get(id);
    if (member) {
      const known = member;
      // Whom nobody vouched for until now is met now.
      if (announcement.vouch !== known.announcement.vouch) this.#enqueue(known, () => { known.offer(); });
      Object.assign(member, { announcement, listed: true, socketClosed: false });
    } else {
      member = new Member(announcement, this.#memberHost);
      this.#members.set(id, member);
      const met = member;
      this.#enqueue(met, () => undefined); // Who they are is found out meanwhile.
      this.#parts.ice.expectPath(met.scope, () => { this.#checkPath(met); });
    }
    this.#introduce(member);
    if (resumed) this.#reconnect(member);
    const arrived = member;
    for (const data of this.#waiting.take(id)) this.#enqueue(arrived, () => { arrived.receive(data); });
  }

  #departed(id: ParticipantId): void {
    const member = this.#members.get(id);
    if (!member) return;
    member.listed = false;
    // Whoever was heard is here until silence says otherwise; whoever never was goes by the relay's word.
    if (!member.connected) this.#remove(member, 'left');
  }

  #returned(joined: Joined): void {
    this.#parts.ice.take(joined);
    if (this.#self) this.#parts.vouches.joined(this.#self.certificate.fp, joined);
    this.#relay = 'up';
    this.#parts.context.onFact({ type: 'relay-back', standing: standingOf(joined) });
    const listed = new Set(joined.participants.map(({ id }) => id));
    for (const member of [...this.#members.values()]) if (!listed.has(member.id)) this.#departed(member.id);
    for (const announcement of joined.participants) this.#announced({ ...announcement, resumed: true });
  }

  /**
   * Their signaling broke, or ours: what was under way is said again. Two that find themselves in one room without a pc and
   * without anyone having been told to offer: the lower id does. An rtc.io client that came while we were away waits for us.
   */
  #reconnect(member: Member): void {
    const { id } = this.#self ?? { id: '' };
    this.#enqueue(member, () => {
      member.peer?.signalingReturned();
      if (member.kind === 'rtcio' || id < member.id) member.offer();
    });
  }

  #enqueue(member: Member, task: () => void): void {
    member.enqueue(async () => {
      await this.#parts.ice.fresh();
      await this.#parts.vouches.prove(member, this.#pins.get(member.id));
      if (this.#members.get(member.id) !== member) return;
      const refusal = member.peer ? undefined : member.proof?.refusal;
      if (refusal) this.#state(member, 'connecting', refusal);
      task();
    }, (error) => { this.#parts.context.onFact({ type: 'error', error: toRoomError(error) }); });
  }

  #introduce(member: Member): void {
    const { id, kind, announcement: { name = '', roles } } = member;
    member.away = false;
    this.#parts.context.onFact({ type: 'participant-announced', id, name, kind, ...(roles && { roles }) });
  }

  #state(member: Member, state: ParticipantState, reason?: string): void {
    const { id, vouched } = member;
    if (member.away) this.#introduce(member); // They noticed first, and have met us before we would have met them.
    // That they hold the link shows when they answer: somebody may have kept what they once told of themselves.
    const linked = this.#parts.context.link && state !== 'connecting';
    const levels = [...(linked ? ['linked' as const] : []), ...(vouched ? ['vouched' as const] : [])];
    this.#parts.context.onFact({
      type: 'participant-state', id, state, levels, ...(vouched && { vouched }), ...(reason !== undefined && { reason }),
    });
  }

  /** Said once for each participant; it is still tried. */
  #checkPath(member: Member): void {
    if (this.#members.get(member.id) !== member || member.connected || member.proof?.refusal) return;
    this.#state(member, 'connecting', 'no-path');
    this.#parts.context.onFact({ type: 'error', error: new RoomError('no-path', this.#parts.ice.explain(member.id)) });
  }

  #bar(member: Member): void {
    if (this.#members.get(member.id) !== member) return; // Barred by the frame before this one.
    const nowMs = performance.now();
    for (const [id, untilMs] of this.#barred) if (untilMs < nowMs) this.#barred.delete(id);
    this.#barred.set(member.id, nowMs + BARRED_MS);
    this.#parts.context.onFact({ type: 'error', error: new RoomError('peer-misbehaved', `${member.id} was disconnected.`) });
    this.#remove(member, 'misbehaved');
  }

  /** Ends what there is with them. Whom the relay still lists, and who only closed a pc or was silent, is met again. */
  #remove(member: Member, reason: string): void {
    const lost = member.end(reason);
    this.#parts.channels.removed(member.id);
    const broke = reason === 'closed' || reason === 'silent';
    // Who left on purpose was not there any more to hear it.
    if (broke && lost > 0) this.#parts.context.onFact({ type: 'error', error: undelivered(lost, member.id) });
    const comesBack = (member.away = broke && member.listed && !member.socketClosed);
    if (!comesBack && this.#members.get(member.id) === member) this.#members.delete(member.id);
    this.#parts.context.onFact({ type: 'participant-gone', id: member.id, reason });
    if (!comesBack) return;
    after(RECONNECT_MS, this.#parts.context.scope, () => {
      if (this.#members.get(member.id) !== member || !member.listed || !member.away) return;
      this.#announced({ ...member.announcement, resumed: true });
    });
  }
}
