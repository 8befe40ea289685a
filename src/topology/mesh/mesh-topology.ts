import { encodeEvent } from '../../channels/control-channel.ts';
import { countMedia } from '../../media/sender-sync.ts';
import { makeCertificate } from '../../negotiation/certificate.ts';
import { MAX_CONTROL_CHARS, PROTOCOL_VERSION } from '../../protocol/limits.ts';
import { RoomError, toRoomError } from '../../shared/errors.ts';
import { after } from '../../shared/scope.ts';
import { LazyChannels } from './lazy-channels.ts';
import { Member } from './member.ts';
import { peerOptions } from './peer-options.ts';
import { iceServersOf } from './ice.ts';
import { encodePresence } from './presence.ts';
import { WaitingEnvelopes } from './waiting-envelopes.ts';
import type { Channel, ChannelOptions, RequestOptions, Topology, TopologyContext } from '../topology.ts';
import type { JoinCertificate } from '../../negotiation/certificate.ts';
import type { DialectFactory, PeerHandlers } from '../../peer/dialect.ts';
import type { Announcement, IceConfiguration, Joined, ParticipantId } from '../../protocol/wire.ts';
import type { Signaling } from '../../signaling/signaling.ts';

/** Without a connection for so long there may be none; ICE gives up after about as long. */
const NO_PATH_MS = 15_000;
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
  /** The key each was connected with, for the whole join: who comes with another is another participant. (rtc.io: a key a pc.) */
  readonly #pins = new Map<ParticipantId, string>();
  #self: { id: ParticipantId; certificate: JoinCertificate } | undefined;
  #ice: IceConfiguration = { iceServers: [] };
  #relayUp = false;

  constructor(context: TopologyContext, parts: MeshParts) {
    this.#context = context;
    this.#parts = parts;
  }

  async join(): Promise<void> {
    const { roomId, displayName, publications, onFact } = this.#context;
    const { signaling } = this.#parts;
    signaling.connect(); // Meanwhile the key is made.
    const certificate = await makeCertificate();
    this.#context.scope.throwIfAborted(); // Left meanwhile: whoever joined now would stay for ever.
    const joined = await signaling.join({
      roomId, engine: { v: PROTOCOL_VERSION }, fp: certificate.fp, presence: encodePresence(countMedia(publications)),
      ...(displayName && { name: displayName }),
    });
    this.#self = { id: joined.id, certificate };
    this.#ice = joined;
    this.#relayUp = true;
    for (const announcement of joined.participants) this.#announced(announcement);
    this.#listen();
    onFact({ type: 'joined', id: joined.id });
  }

  leave(reason: string): void {
    this.#channels.close();
    for (const member of this.#members.values()) member.closePeer(reason);
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

  #listen(): void {
    const { scope, onFact, onRelayEvent } = this.#context;
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
      if (member && reason !== 'ping timeout') member.socketClosed = true;
    }, options);
    events.on('departed', ({ id }) => { this.#departed(id); }, options);
    events.on('lost', () => { this.#relayUp = false; onFact({ type: 'relay-lost' }); }, options);
    events.on('returned', (joined) => { this.#returned(joined); }, options);
    events.on('ended', ({ error }) => { onFact({ type: 'ended', error }); }, options);
    events.on('relayed', ({ event, body }) => { onRelayEvent(event, body); }, options);
  }

  #announced(announcement: Announcement): void {
    const { id, name = '', resumed = false } = announcement;
    if (id === this.#self?.id) return;
    let member = this.#members.get(id);
    if (member) {
      Object.assign(member, { announcement, listed: true, socketClosed: false });
    } else {
      member = new Member(announcement, {
        peerOptions: (of, offers) => {
          if (!this.#self) throw new RoomError('internal', 'Not joined.');
          return peerOptions(this.#context, this.#self, this.#ice, of, offers, this.#pins.get(of.id));
        },
        loadDialect: (kind) => this.#parts.loadDialect(kind),
        handlers: (of) => this.#handlers(of),
        peerClosed: (of, wasConnected) => {
          this.#channels.disconnected(of.id);
          if (wasConnected) this.#state(of, 'interrupted', 'rebuilding');
        },
      });
      this.#members.set(id, member);
      const met = member;
      after(NO_PATH_MS, this.#context.scope, () => { this.#checkPath(met); });
    }
    this.#context.onFact({ type: 'participant-announced', id, name, kind: member.kind });
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
    this.#ice = joined;
    this.#relayUp = true;
    this.#context.onFact({ type: 'relay-back' });
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
    member.peer?.signalingReturned();
    if (member.kind === 'rtcio' || id < member.id) this.#enqueue(member, () => { member.offer(); });
  }

  #enqueue(member: Member, task: () => void): void {
    member.enqueue(() => { if (this.#members.get(member.id) === member) task(); }, (error) => {
      this.#context.onFact({ type: 'error', error: toRoomError(error) });
    });
  }

  #handlers(member: Member): PeerHandlers {
    const { id } = member;
    const { onFact, onEvent, onRequest } = this.#context;
    return {
      send: (data) => { this.#parts.signaling.send(id, data); },
      // One key, one participant: mine is taken, and so is that of anyone who has proved to hold theirs.
      isTaken: (fp) => fp === this.#self?.certificate.fp
        || [...this.#members.values()].some((other) => other !== member && other.connectedFp === fp),
      canSignal: () => this.#relayUp,
      word: () => ({ socketClosed: member.socketClosed, placeHeld: this.#relayUp && member.listed }),
      onConnected: () => {
        member.connected = true;
        if (member.kind === 'engine' && member.connectedFp) this.#pins.set(id, member.connectedFp);
        this.#state(member, 'connected');
        const port = member.peer?.dialect.channelPort;
        if (port) this.#channels.connected(id, port);
      },
      onInterrupted: (silent, reason) => {
        if (silent) this.#state(member, 'interrupted', reason); else this.#state(member, 'connected');
      },
      onChannelNotice: (args) => { this.#channels.receive(id, args); },
      onTracks: (tracks) => { onFact({ type: 'participant-tracks', id, tracks }); },
      onEvent: (event, args) => { onEvent(id, event, args); },
      onRequest: (event, payload) => onRequest(id, event, payload),
      onGiveUp: () => { member.rebuild(); },
      onClosed: (reason, error) => {
        if (error) onFact({ type: 'error', error });
        this.#remove(member, reason);
      },
    };
  }

  #state({ id }: Member, state: 'connecting' | 'connected' | 'interrupted', reason?: string): void {
    const identity = 'unverified';
    this.#context.onFact({ type: 'participant-state', id, state, identity, ...(reason !== undefined && { reason }) });
  }

  /** Said once for each participant; it is still tried. */
  #checkPath(member: Member): void {
    if (this.#members.get(member.id) !== member || member.connected) return;
    const urls = iceServersOf(this.#ice, this.#context.server).flatMap((server) => server.urls);
    this.#state(member, 'connecting', 'no-path');
    this.#context.onFact({ type: 'error', error: new RoomError('no-path', `No path to ${member.id} so far with ${urls.join(' ') || 'no STUN nor TURN'}.`) });
  }

  /** Ends what there is with them. Whom the relay still lists, and who only closed a pc or was silent, is met again. */
  #remove(member: Member, reason: string): void {
    member.closePeer(reason);
    const comesBack = (reason === 'closed' || reason === 'silent') && member.listed && !member.socketClosed;
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
