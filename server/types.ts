import type { Server, Socket } from 'socket.io';
import type { ClientToRelay, ParticipantId, Refusal, RelayToClient, RoomId } from '../src/protocol/wire.ts';

export type RefusalCode = Refusal['error']['code'];
export type RelayServer = Server<ClientToRelay, RelayToClient>;
export type RelaySocket = Socket<ClientToRelay, RelayToClient>;
/** The connection of engine.io under a socket. */
export type EngineConnection = RelaySocket['conn'];

/** Who a socket is, once the host's authentication has said so; of a relay without any, nobody is more than `{}`. */
export interface Identity {
  /** The subject, unique at its issuer: what a ban holds on to. */
  readonly sub?: string;
  /** SHA-256 of a JWT without subject, base64url: what a ban holds on to then. */
  readonly tokenHash?: string;
  /** Stands in place of the name that the participant gives. */
  readonly name?: string;
  readonly roles?: readonly string[];
  /** The rooms it may enter; absent: any. */
  readonly rooms?: readonly RoomId[];
  /** Epoch milliseconds. */
  readonly expiresAt?: number;
}

/** Someone in a room, as the app on the relay's side sees them. */
export interface Participant {
  readonly id: ParticipantId;
  readonly roomId: RoomId;
  /** As the participant gave it, cleaned; may be empty; not unique. */
  readonly name: string;
  readonly identity: Identity;
}

export function refuse(code: RefusalCode, message: string): Refusal {
  return { ok: false, error: { code, message } };
}
