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
/** One description, candidate or stream question: what the relay carries unread. */
export type Signal = NegotiationSignal | StreamQuestionSignal | StreamAnswerSignal | SealedSignal;

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
  /** Ours: a compact JWS (identity). Copied unread. */
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
  /** Ours: came back with a resume token. No `#rtcio:init-offer` belongs to it. */
  resumed?: boolean;
}

export interface IceServer { urls: string | string[]; username?: string; credential?: string }

export interface IceConfiguration {
  iceServers: IceServer[];
  /** UDP port of the relay's own STUN responder; the engine takes the host it reached the relay under. */
  stunPort?: number;
  /** Epoch milliseconds at which the credentials in `iceServers` end; absent when they do not. */
  expiresAt?: number;
}

export interface Refusal { ok: false; error: { code: ErrorCode; message: string } }
export type Ack<T extends object = object> = ({ ok: true } & T) | Refusal;

export interface Joined extends IceConfiguration {
  id: ParticipantId;
  /** The resume token; absent for clients that sent no `engine`. */
  resume?: string;
  /** Everyone else, those whose place is merely held included. */
  participants: Announcement[];
}

/** Why a socket left, as a hint: `transport close` a vanished socket, `ping timeout` a silent one, `leave` a farewell. */
export type PeerLeftReason = 'transport close' | 'ping timeout' | 'leave' | 'closed by relay';

export interface ClientToRelay {
  'join-room': (request: JoinRequest, ack?: (reply: Ack<Joined>) => void) => void;
  'leave-room': (request: { roomId: RoomId }, ack?: (reply: Ack) => void) => void;
  '#rtcio:message': (envelope: { target: ParticipantId; data: Signal }, ack?: (reply: Ack) => void) => void;
  /** Fresh ICE servers, before the ones from the join expire. */
  '#rtcio:ice-servers': (ack: (reply: Ack<IceConfiguration>) => void) => void;
}

export interface RelayToClient {
  'user-connected': (announcement: Announcement) => void;
  'user-disconnected': (who: { id: ParticipantId }) => void;
  '#rtcio:init-offer': (towards: { source: ParticipantId }) => void;
  '#rtcio:message': (envelope: SignalEnvelope) => void;
  '#rtcio:peer-left': (who: { id: ParticipantId; reason: PeerLeftReason }) => void;
  /** Ours: the last word of a relay before it closes a socket on purpose. */
  '#rtcio:closed': (why: { code: ErrorCode; message: string }) => void;
}
