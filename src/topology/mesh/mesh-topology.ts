import { encodeEvent, undelivered } from '../../channels/exchange.ts';
import { countMedia } from '../../media/sender-sync.ts';
import { makeCertificate } from '../../negotiation/certificate.ts';
import { MAX_CONTROL_CHARS, PROTOCOL_VERSION } from '../../protocol/limits.ts';
import { RoomError, toRoomError } from '../../shared/errors.ts';
import { after } from '../../shared/scope.ts';
import { LazyChannels } from './lazy-channels.ts';
import { Member } from './member.ts';
import { memberHost } from './member-host.ts';
import { MeshInsight } from './mesh-insight.ts';
import { IceServers } from './ice.ts';
import { encodePresence } from './presence.ts';
import { standingOf, tellRelayFacts } from './relay-facts.ts';
import { WaitingEnvelopes } from './waiting-envelopes.ts';
import type { Channel, ChannelOptions, RequestOptions, Topology, TopologyContext } from '../topology.ts';
import type { JoinCertificate } from '../../negotiation/certificate.ts';
import type { DialectFactory } from '../../peer/dialect.ts';
import type { Announcement, HostAction, Joined, ParticipantId } from '../../protocol/wire.ts';
import type { Signaling } from '../../signaling/signaling.ts';
import type { MemberHost } from './member.ts';
import type { PeerHost } from './peer-handlers.ts';

/** After a far end closed its pc: time for the relay to say that it left. */
const RECONNECT_MS = 1000;

export interface MeshParts {
  signaling: Signaling;
  loadDialect(kind: 'engine' | 'rtcio'): Promise<DialectFactory>;
}

/** Everyone holds one pc with everyone. The relay says who is here; what a peer is worth shows on the pc. */
export class MeshTopology implements Topology {
  readonly #context: TopologyContext;
  readonly #parts: MeshParts;
  readonly #members = new Map<ParticipantId, Member>();
  readonly #channels = new LazyChannels();
  readonly #waiting = new WaitingEnvelopes();
  readonly #ice: IceServers;
  readonly #memberHost: MemberHost;
  readonly insight = new MeshInsight(() => this.#members.values());
  /** The key each was connected with, for the whole join: who comes with another is another participant. (rtc.io: a key a pc.) */
  readonly #pins = new Map<ParticipantId, string>();
  #self: { id: ParticipantId; certificate: JoinCertificate } | undefined;
  #relay: 'up' | 'closed' | 'silent' = 'closed';

  constructor(context: TopologyContext, parts: MeshParts) {
    this.#context = context;
    this.#parts = parts;
    this.#ice = new IceServers(context, {
      ask: () => parts.signaling.iceServers(),
      onChanged: (list) => { for (const { peer } of this.#members.values()) peer?.setIceServers(list); },
    });
    const host: PeerHost = {
      context, signaling: parts.signaling, channels: this.#channels, ice: this.#ice, pins: this.#pins,
      self: () => this.#self,
      others: (than) => [...this.#members.values()].filter((member) => member !== than),
      relay: () => this.#relay,
      enqueue: (member, task) => { this.#enqueue(member, task); },
      show: (member, state, reason) => { this.#state(member, state, reason); },
      remove: (member, reason) => { this.#remove(member, reason); },
    };
    this.#memberHost = memberHost(host, (kind) => parts.loadDialect(kind));
  }

  async join(): Promise<void> {
    const { roomId, displayName, publications, onFact } = this.#context;
    const { signaling } = this.#parts;
    signaling.connect(); // Meanwhile the key is made.
    const certificate = await makeCertificate();
    this.#context.scope.throwIfAborted(); // Left meanwhile: whoever joined now would stay for ever.
    tellRelayFacts(signaling.events, this.#context); // Of a waiting room, too.
    const joined = await signaling.join({
      roomId, engine: { v: PROTOCOL_VERSION }, fp: certificate.fp, presence: encodePresence(countMedia(publications)),
      ...(displayName && { name: displayName }),
    });
    this.#self = { id: joined.id, certificate };
    this.#ice.take(joined);
    this.#relay = 'up';
    for (const announcement of joined.participants) this.#announced(announcement);
    this.#listen();
    onFact({ type: 'joined', id: joined.id, standing: standingOf(joined) });
  }

  leave(reason: string): void {
    this.#channels.close();
    for (const member of this.#members.values()) member.end(reason);
    this.#members.clear();
    this.#parts.signaling.leave();
  }

  emit(to: ParticipantId | undefined, event: string, args: readonly unknown[]): void {
    const frame = encodeEvent(event, args, MAX_CONTROL_CHARS);
    if (to !== undefined) { this.#member(to).emit(frame); return; }
    // Whoever can be told is told: one participant's full queue silences nobody else, and a repeated emit doubles nothing.
    for (const member of this.#members.values()) {
      try {
        member.emit(frame);
      } catch (error) {
        this.#context.onFact({ type: 'error', error: toRoomError(error) });
      }
    }
  }

  async request(to: ParticipantId, event: string, payload: unknown, options: RequestOptions): Promise<unknown> {
    return this.#member(to).dialect.request(event, payload, options);
  }

  async openChannel(to: ParticipantId | undefined, name: string, options: ChannelOptions): Promise<Channel> {
    if (to !== undefined) this.#member(to);
    return this.#channels.open(name, options, to);
  }

  emitToRelay(event: string, body: unknown): Promise<unknown> {
    return this.#parts.signaling.emit(event, body);
  }

  moderate(action: HostAction): Promise<void> {
    return this.#parts.signaling.moderate(action);
  }

  renewToken(token: string): Promise<number | undefined> {
    return this.#parts.signaling.renew(token);
  }

  #listen(): void {
    const { scope, onFact } = this.#context;
    const { events } = this.#parts.signaling;
    const options = { signal: scope };
    events.on('announced', (announcement) => { this.#announced(announcement); }, options);
    events.on('init-offer', ({ source }) => {
      const member = this.#members.get(source);
      if (member) this.#enqueue(member, () => { member.offer(); });
    }, options);
    events.on('envelope', ({ source, data }) => {
      const member = this.#members.get(source);
      if (member) this.#enqueue(member, () => { member.receive(data); });
      else if (source !== this.#self?.id) this.#waiting.add(source, data);
    }, options);
    events.on('peer-left', ({ id, reason }) => {
      const member = this.#members.get(id);
      if (!member) return;
      // A host's will is no hint: it holds at once.
      if (reason === 'removed') this.#remove(member, reason);
      else if (reason !== 'ping timeout') member.socketClosed = true;
    }, options);
    events.on('departed', ({ id }) => { this.#departed(id); }, options);
    events.on('lost', ({ silent }) => {
      this.#relay = silent ? 'silent' : 'closed';
      onFact({ type: 'relay-lost' });
    }, options);
    events.on('returned', (joined) => { this.#returned(joined); }, options);
  }

  #announced(announcement: Announcement): void {
    const { id, name = '', roles, resumed = false } = announcement;
    if (id === this.#self?.id) return;
    let member = this.#members.get(id);
    if (member) {
      Object.assign(member, { announcement, listed: true, socketClosed: false });
    } else {
      member = new Member(announcement, this.#memberHost);
      this.#members.set(id, member);
      const met = member;
      this.#ice.expectPath(() => { this.#checkPath(met); });
    }
    this.#context.onFact({ type: 'participant-announced', id, name, kind: member.kind, ...(roles && { roles }) });
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
    this.#ice.take(joined);
    this.#relay = 'up';
    this.#context.onFact({ type: 'relay-back', standing: standingOf(joined) });
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
      await this.#ice.fresh();
      if (this.#members.get(member.id) === member) task();
    }, (error) => { this.#context.onFact({ type: 'error', error: toRoomError(error) }); });
  }

  #state({ id }: Member, state: 'connecting' | 'connected' | 'interrupted', reason?: string): void {
    const identity = 'unverified';
    this.#context.onFact({ type: 'participant-state', id, state, identity, ...(reason !== undefined && { reason }) });
  }

  /** Said once for each participant; it is still tried. */
  #checkPath(member: Member): void {
    if (this.#members.get(member.id) !== member || member.connected) return;
    this.#state(member, 'connecting', 'no-path');
    this.#context.onFact({ type: 'error', error: new RoomError('no-path', this.#ice.explain(member.id)) });
  }

  /** Ends what there is with them. Whom the relay still lists, and who only closed a pc or was silent, is met again. */
  #remove(member: Member, reason: string): void {
    const lost = member.end(reason);
    this.#channels.removed(member.id);
    const broke = reason === 'closed' || reason === 'silent';
    // Who left on purpose was not there any more to hear it.
    if (broke && lost > 0) this.#context.onFact({ type: 'error', error: undelivered(lost, member.id) });
    const comesBack = broke && member.listed && !member.socketClosed;
    if (!comesBack && this.#members.get(member.id) === member) this.#members.delete(member.id);
    this.#context.onFact({ type: 'participant-gone', id: member.id, reason });
    if (!comesBack) return;
    after(RECONNECT_MS, this.#context.scope, () => {
      if (this.#members.get(member.id) !== member || !member.listed) return;
      this.#announced({ ...member.announcement, resumed: true });
    });
  }

  #member(id: ParticipantId): Member {
    const member = this.#members.get(id);
    if (!member) throw new RoomError('unknown-participant', `${id} is not in the room.`);
    return member;
  }
}
