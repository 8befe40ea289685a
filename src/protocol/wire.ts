/**
 * The wire between engine and relay (docs/wire.md): types only. What arrives is `unknown` until `parse.ts` has said yes.
 */
import type { ErrorCode } from '../shared/errors.ts';

export type ParticipantId = string;
export type RoomId = string;

/** What `RTCSessionDescriptionInit` may be here: rollbacks and provisional answers never travel. */
export interface DescriptionSignal { description: { type: 'offer' | 'answer'; sdp: string } }
/** `candidate: ''` ends a generation (W3C WebRTC 4.8.1.2). */
export interface CandidateSignal {
  candidate: { candidate: string; sdpMid?: string | null; sdpMLineIndex?: number | null; usernameFragment?: string | null };
}
/** rtc.io: which events does your stream with this MediaStream id belong to? */
export interface StreamQuestionSignal { mid: string }
/** rtc.io: event name -> the argument list of that emit, the stream itself being `[RTCIOStream] <stream id>`. */
export interface StreamAnswerSignal { mid: string; events: Record<string, unknown[]> }
/** Ours, under a link secret: one of the above, encrypted (base64url). */
export interface SealedSignal { sealed: string }

export type NegotiationSignal = DescriptionSignal | CandidateSignal;
export type StreamSignal = StreamQuestionSignal | StreamAnswerSignal;
/** What one participant says to another through the relay. */
export type PeerSignal = NegotiationSignal | StreamSignal;
/** What the relay carries unread. */
export type Signal = PeerSignal | SealedSignal;

/** `source` is written by the relay; what a client writes there is ignored. */
export interface SignalEnvelope { source: ParticipantId; target: ParticipantId; data: Signal }

export interface JoinRequest {
  roomId: RoomId;
  /** Display name; absent with `private-name`. */
  name?: string;
  /** Ours: says "not an rtc.io client", and which protocol version. */
  engine?: { v: number };
  /** Ours: SHA-256 of the certificate's DER form, base64url. */
  fp?: string;
  /** Ours: a compact JWS (identity). Copied unread; empty: the relay is asked to sign one. */
  vouch?: string;
  /** Ours: opaque to the relay. Copied unread. */
  presence?: string;
  /** Ours: the token of an earlier join, to come back under the same id. */
  resume?: string;
}

/** Someone in the room, as the relay announces them. */
export interface Announcement {
  id: ParticipantId;
  name?: string;
  engine?: { v: number };
  fp?: string;
  vouch?: string;
  presence?: string;
  /** Ours: what the relay's authentication says of them; written by the relay alone. */
  roles?: string[];
  /** Ours: came back with a resume token. No `#rtcio:init-offer` belongs to it. */
  resumed?: boolean;
}

export interface IceServer { urls: string | string[]; username?: string; credential?: string }

export interface IceConfiguration {
  iceServers: IceServer[];
  /** UDP port of the relay's own STUN responder; the engine takes the host it reached the relay under. */
  stunPort?: number;
  /** Epoch milliseconds, by the relay's clock, at which the credentials in `iceServers` end; absent when they do not. */
  expiresAt?: number;
  /** The same, counted from when this was sent: a participant's clock need not be right. 0: ask for others at once. */
  expiresInMs?: number;
}

export interface Refusal { ok: false; error: { code: ErrorCode; message: string } }
export type Ack<T extends object = object> = ({ ok: true } & T) | Refusal;

/** What holds for the whole room. */
export interface RoomFacts { locked: boolean }

/** Someone who asks to be let in; only hosts hear of it. The id is the one they will have. */
export interface Knock { id: ParticipantId; name?: string }

/** What a host asks of the relay. `mute` is passed on to the target, whose engine switches the source off. */
export type HostAction =
  | { action: 'admit' | 'refuse' | 'remove'; target: ParticipantId }
  | { action: 'mute'; target: ParticipantId; source: string }
  | { action: 'lock' | 'unlock' | 'end' };

/** The answer to a join where the room has a waiting room: `#rtcio:admitted` or `#rtcio:closed` follows. */
export interface Waiting { waiting: true; id: ParticipantId }

export interface Joined extends IceConfiguration {
  id: ParticipantId;
  /** The name that the relay's authentication gave; absent where the participant's own holds. */
  name?: string;
  /** Absent without authentication. */
  roles?: string[];
  /** Epoch milliseconds at which the token ends: renewed by `#rtcio:renew` before, or the socket is closed (`token-expired`). */
  tokenExpiresAt?: number;
  /** Absent where it is not locked. */
  locked?: boolean;
  /** For hosts and for nobody else, by which one knows that one is a host: who waits now; empty where nobody does. */
  knocks?: Knock[];
  /** Signed by the relay, where it is an issuer and was asked. */
  vouch?: string;
  /** The resume token; absent for clients that sent no `engine`. */
  resume?: string;
  /** Everyone else, those whose place is merely held included. */
  participants: Announcement[];
}

/**
 * Why a socket left, as a hint: `transport close` a vanished socket, `ping timeout` a silent one, `leave` a farewell, `removed` a
 * host's will.
 */
export type PeerLeftReason = 'transport close' | 'ping timeout' | 'leave' | 'removed' | 'closed by relay';

export interface ClientToRelay {
  'join-room': (request: JoinRequest, ack?: (reply: Ack<Joined | Waiting>) => void) => void;
  'leave-room': (request: { roomId: RoomId }, ack?: (reply: Ack) => void) => void;
  '#rtcio:message': (envelope: { target: ParticipantId; data: Signal }, ack?: (reply: Ack) => void) => void;
  /** Fresh ICE servers, before the ones from the join expire. */
  '#rtcio:ice-servers': (ack: (reply: Ack<IceConfiguration>) => void) => void;
  '#rtcio:renew': (renewal: { token: string }, ack: (reply: Ack<{ tokenExpiresAt?: number }>) => void) => void;
  /** A newer vouch, which the others get by `user-connected`; without one the relay signs it, and answers with it. */
  '#rtcio:vouch': (renewal: { vouch?: string }, ack: (reply: Ack<{ value?: string }>) => void) => void;
  '#rtcio:host': (action: HostAction, ack?: (reply: Ack) => void) => void;
}

export interface RelayToClient {
  'user-connected': (announcement: Announcement) => void;
  'user-disconnected': (who: { id: ParticipantId }) => void;
  '#rtcio:init-offer': (towards: { source: ParticipantId }) => void;
  '#rtcio:message': (envelope: SignalEnvelope) => void;
  '#rtcio:peer-left': (who: { id: ParticipantId; reason: PeerLeftReason }) => void;
  /** Ours: a host let this participant in; what a join without a waiting room is answered. */
  '#rtcio:admitted': (joined: Joined) => void;
  '#rtcio:knock': (knock: Knock) => void;
  /** Ours, to hosts: admitted, refused or gone. */
  '#rtcio:knock-ended': (who: { id: ParticipantId }) => void;
  '#rtcio:room': (facts: RoomFacts) => void;
  /** Ours: a host asks that this participant's source be switched off. */
  '#rtcio:mute': (request: { by: ParticipantId; source: string }) => void;
  /** Ours: the last word of a relay before it closes a socket on purpose. */
  '#rtcio:closed': (why: { code: ErrorCode; message: string }) => void;
}
