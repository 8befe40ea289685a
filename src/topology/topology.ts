/**
 * How participants reach each other, as the room sees it: participants, tracks and channels, never peers or candidates.
 * `mesh/` implements it; another topology would stand beside it behind the same contract.
 */
import type { Channel, ChannelOptions } from '../channels/channel.ts';
import type { VouchOptions, Vouched } from '../identity/vouch-options.ts';
import type { PublicationList } from '../media/publication.ts';
import type { Viewing } from '../media/viewing.ts';
import type { IdentityLevel, KnockView, ParticipantState, TrackView } from './views.ts';
import type { Gesturing } from '../protocol/gesture.ts';
import type { PeerLimits } from '../protocol/peer-limits.ts';
import type { Backchannel } from '../protocol/spoken.ts';
import type { HostAction, IceServer, ParticipantId, RoomId } from '../protocol/wire.ts';
import type { RoomError } from '../shared/errors.ts';
import type { Log } from '../shared/logger.ts';

/** What the relay says of us and of the room when it lets us in, and again when we come back. */
export interface Standing {
  /** The name that the relay's authentication gave; absent where our own holds. */
  readonly name?: string;
  readonly roles?: readonly string[];
  /** May ask for the actions of {@link HostAction}; the relay decides about each. */
  readonly host: boolean;
  readonly locked: boolean;
  /** Who waits to be let in; none are told to anyone but hosts. */
  readonly knocks: readonly KnockView[];
  /** Epoch milliseconds at which our token ends. */
  readonly tokenExpiresAt?: number;
}

/** What happened: the closed union from which the room's snapshot is reduced. */
export type Fact =
  /** A host has to let us in. */
  | { type: 'waiting' }
  | { type: 'joined'; id: ParticipantId; standing?: Standing }
  /** The relay is out of reach; whoever is connected stays connected. */
  | { type: 'relay-lost' }
  | { type: 'relay-back'; standing?: Standing }
  | { type: 'room-facts'; locked: boolean }
  | { type: 'knock'; knock: KnockView }
  | { type: 'knock-ended'; id: ParticipantId }
  /** A host asks that we switch this source of ours off. */
  | { type: 'mute-asked'; by: ParticipantId; source: string }
  | { type: 'participant-announced'; id: ParticipantId; name: string; kind: 'engine' | 'rtcio'; roles?: readonly string[] }
  | {
    /** `levels`: what the topology itself knows of who they are, the strongest last. */
    type: 'participant-state'; id: ParticipantId; state: ParticipantState; levels: readonly IdentityLevel[];
    vouched?: Vouched; reason?: string;
  }
  | { type: 'participant-gone'; id: ParticipantId; reason: string }
  /** The whole list, whenever one of it changed. */
  | { type: 'participant-tracks'; id: ParticipantId; tracks: readonly TrackView[] }
  /** An error nobody awaits. */
  | { type: 'error'; error: RoomError }
  /** Over, against one's will. */
  | { type: 'ended'; error: RoomError };

/** A secret that everyone who may be here holds: whoever does not is nobody to us, and the relay reads nothing. */
export interface LinkOptions {
  /** 16 bytes, base64url. */
  readonly secret: string;
  /** The relay does not learn the room's name either. Not so where its tokens are for rooms by name. */
  readonly hidesName: boolean;
}

/** Everything a topology needs of the room; nothing here is the room itself. */
export interface TopologyContext {
  server: string;
  roomId: RoomId;
  displayName: string | undefined;
  getToken: (() => string | undefined | Promise<string | undefined>) | undefined;
  relayOnly: boolean;
  /** Who vouches for whom, as the page says. */
  vouching: VouchOptions;
  link: LinkOptions | undefined;
  /** What is taken of each participant. */
  limits: PeerLimits;
  /** Bytes of events that wait for one participant, and of those that were not acknowledged. */
  keptBytes: number;
  publications: PublicationList;
  viewing: Viewing;
  gestures: Gesturing;
  log: Log;
  /** The topology lives under it. */
  scope: AbortSignal;
  onFact(fact: Fact): void;
  /** An event of a participant; the name is already known not to be reserved. */
  onEvent(from: ParticipantId, event: string, args: readonly unknown[]): void;
  /** Answers a request of a participant, now or by a promise. @throws RoomError `no-handler`. */
  onRequest(from: ParticipantId, event: string, payload: unknown): unknown;
  /** Said on the way to a spoken code, unread. */
  onVerify(from: ParticipantId, args: readonly unknown[]): void;
  /** A raised hand, a reaction, unread. */
  onGesture(from: ParticipantId, args: readonly unknown[]): void;
  /** Said beside the chat, unread. */
  onTalk(from: ParticipantId, args: readonly unknown[]): void;
  /** Something of a participant was not taken up. */
  onDropped(from: ParticipantId, reason: string): void;
  /** A participant opens a channel that is not open here. */
  onChannelWanted(from: ParticipantId, name: string): void;
  /** An event the relay's operator sent. */
  onRelayEvent(event: string, body: unknown): void;
}

export interface EmitOptions {
  /** Dropped where it would have to wait. */
  volatile?: boolean;
  /** Goes before what waits and is not. */
  urgent?: boolean;
}

export interface RequestOptions { timeoutMs: number; signal?: AbortSignal }

/** What can be asked about the connections. It costs something: it is asked only while somebody wants to know. */
export interface Insight {
  /** The browser's report (W3C webrtc-stats) of what connects us with them; `undefined` while nothing does. */
  statsOf(id: ParticipantId): Promise<RTCStatsReport | undefined>;
  /** How loud everyone here is at this moment, 0 to 1. */
  audioLevels(): ReadonlyMap<ParticipantId, number>;
  /** STUN and TURN as the relay gave them, with credentials that hold. */
  iceServers(): Promise<readonly IceServer[]>;
}

/** What goes beside the chat (`protocol/talk.ts`). */
export interface TalkPort {
  /** Lost where they are not connected, or do not understand it. */
  tell(id: ParticipantId, args: readonly unknown[]): void;
  /** What they know of what was said. @throws RoomError as {@link Topology.request}. */
  history(id: ParticipantId, question: unknown, options: RequestOptions): Promise<unknown>;
}

export interface Topology {
  readonly insight?: Insight;
  /** Once joined. */
  readonly backchannel?: Backchannel | undefined;
  readonly talk?: TalkPort;
  /** Resolves when the relay has let us in. @throws RoomError with the code of the refusal. */
  join(): Promise<void>;
  /** Says goodbye on every road, then ends. */
  leave(reason: string): void;
  /** To everyone, or to one. @throws RoomError `unknown-participant`, `queue-full`, `message-too-large`, `unserializable`. */
  emit(to: ParticipantId | undefined, event: string, args: readonly unknown[], options?: EmitOptions): void;
  /** @throws RoomError `unknown-participant`, `request-timeout`, `request-failed`, `no-handler`; AbortError. */
  request(to: ParticipantId, event: string, payload: unknown, options: RequestOptions): Promise<unknown>;
  /** @throws RoomError `channel-exists`, `channel-collision`, `unknown-participant`. */
  openChannel(to: ParticipantId | undefined, name: string, options: ChannelOptions): Promise<Channel>;
  /** Asks for what only a host may do. @throws RoomError `forbidden`, `unknown-target`, … with the relay's code. */
  moderate(action: HostAction): Promise<void>;
  /** @returns when the new token ends, in epoch milliseconds. @throws RoomError `unauthorized`, … with the relay's code. */
  renewToken(token: string): Promise<number | undefined>;
  /** `server.emit`: resolves with what the relay's operator answers. @throws RoomError with the relay's code. */
  emitToRelay(event: string, body: unknown): Promise<unknown>;
}

export type {
  Channel, ChannelContext, ChannelLifecycle, ChannelOptions, SendOptions, StreamOptions,
} from '../channels/channel.ts';
export type { HostAction } from '../protocol/wire.ts';
export type { Publication, PublicationInit, PublicationList } from '../media/publication.ts';
export type TopologyFactory = (context: TopologyContext) => Topology | Promise<Topology>;
