/** The port to the relay: what a topology needs of it, and nothing about sockets. */
import type { Emitter } from '../shared/emitter.ts';
import type { RoomError } from '../shared/errors.ts';
import type {
  Announcement, HostAction, IceConfiguration, Joined, JoinRequest, Knock, ParticipantId, RoomFacts, Signal,
} from '../protocol/wire.ts';

export interface SignalingEvents {
  announced: Announcement;
  /** The relay took them off its list. */
  departed: { readonly id: ParticipantId };
  /** Their socket went; a hint. */
  'peer-left': { readonly id: ParticipantId; readonly reason: string | undefined };
  /** Open a connection towards this newcomer. */
  'init-offer': { readonly source: ParticipantId };
  envelope: { readonly source: ParticipantId; readonly data: Signal };
  /** Out of reach; it tries to come back by itself. `silent`: no socket was closed, so it may be us who are cut off. */
  lost: { readonly silent: boolean };
  /** In the room again, under the same id. */
  returned: Joined;
  /** In the room no more, and it will not come back by itself. */
  ended: { readonly error: RoomError };
  /** A host has to let us in: `join` settles once one has decided. */
  waiting: Record<string, never>;
  knock: Knock;
  'knock-ended': { readonly id: ParticipantId };
  room: RoomFacts;
  /** A host asks that our source be switched off. */
  mute: { readonly by: ParticipantId; readonly source: string };
  /** An event of the relay's operator. */
  relayed: { readonly event: string; readonly body: unknown };
}

/** What of a join depends on the id one has: asked at each join, and at each return. May take a round trip of its own. */
export type Present = (id: ParticipantId) => Promise<Pick<JoinRequest, 'name' | 'vouch' | 'presence'>>;

export interface Signaling {
  readonly events: Pick<Emitter<SignalingEvents>, 'on'>;
  /** Starts connecting; `join` waits for it. */
  connect(): void;
  /** Pending while a host has to decide. @throws RoomError with the code of the refusal. */
  join(request: JoinRequest, present?: Present): Promise<Joined>;
  /** Dropped while out of reach: negotiation repeats what matters once it is back. */
  send(target: ParticipantId, data: Signal): void;
  /** To the relay's operator. @throws RoomError with the relay's code. */
  emit(event: string, body: unknown): Promise<unknown>;
  /** Fresh ones, with credentials of a full life. @throws RoomError with the relay's code. */
  iceServers(): Promise<IceConfiguration>;
  /** @throws RoomError with the relay's code. */
  moderate(action: HostAction): Promise<void>;
  /** @returns when the new token ends, in epoch milliseconds. @throws RoomError with the relay's code. */
  renew(token: string): Promise<number | undefined>;
  /** Leaves the room, or ends the knock, and closes the socket. */
  leave(): void;
}
