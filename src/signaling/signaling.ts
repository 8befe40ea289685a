/** The port to the relay: what a topology needs of it, and nothing about sockets. */
import type { Emitter } from '../shared/emitter.ts';
import type { RoomError } from '../shared/errors.ts';
import type { Announcement, Joined, JoinRequest, ParticipantId, NegotiationSignal } from '../protocol/wire.ts';

export interface SignalingEvents {
  announced: Announcement;
  /** The relay took them off its list. */
  departed: { readonly id: ParticipantId };
  /** Their socket went; a hint. */
  'peer-left': { readonly id: ParticipantId; readonly reason: string | undefined };
  /** Open a connection towards this newcomer. */
  'init-offer': { readonly source: ParticipantId };
  envelope: { readonly source: ParticipantId; readonly data: NegotiationSignal };
  /** Out of reach; it tries to come back by itself. */
  lost: Record<string, never>;
  /** In the room again, under the same id. */
  returned: Joined;
  /** In the room no more, and it will not come back by itself. */
  ended: { readonly error: RoomError };
  /** An event of the relay's operator. */
  relayed: { readonly event: string; readonly body: unknown };
}

export interface Signaling {
  readonly events: Pick<Emitter<SignalingEvents>, 'on'>;
  /** Starts connecting; `join` waits for it. */
  connect(): void;
  /** @throws RoomError with the code of the refusal. */
  join(request: JoinRequest): Promise<Joined>;
  /** Dropped while out of reach: negotiation repeats what matters once it is back. */
  send(target: ParticipantId, data: NegotiationSignal): void;
  /** To the relay's operator. @throws RoomError with the relay's code. */
  emit(event: string, body: unknown): Promise<unknown>;
  /** Leaves the room and closes the socket. */
  leave(): void;
}
