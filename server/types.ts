import type { Server, Socket } from 'socket.io';
import type { ClientToRelay, ParticipantId, Refusal, RelayToClient, RoomId } from '../src/protocol/wire.ts';

export type RefusalCode = Refusal['error']['code'];
export type RelayServer = Server<ClientToRelay, RelayToClient>;
export type RelaySocket = Socket<ClientToRelay, RelayToClient>;
/** The connection of engine.io under a socket. */
export type EngineConnection = RelaySocket['conn'];

/** Someone in a room, as the app on the relay's side sees them. */
export interface Participant {
  readonly id: ParticipantId;
  readonly roomId: RoomId;
  /** As the participant gave it, cleaned; may be empty; not unique. */
  readonly name: string;
}

export function refuse(code: RefusalCode, message: string): Refusal {
  return { ok: false, error: { code, message } };
}
