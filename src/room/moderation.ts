import type { HostAction } from '../topology/topology.ts';
import type { ParticipantId } from '../protocol/wire.ts';

/**
 * What a host may ask of the relay (`snapshot.local.host`). Nothing is changed here: each promise settles with the relay's
 * answer, and what follows comes as everything does.
 * @throws RoomError `forbidden`, `unknown-target`, `not-joined`, `room-full`, …
 */
export class Moderation {
  readonly #ask: (action: HostAction) => Promise<void>;

  constructor(ask: (action: HostAction) => Promise<void>) {
    this.#ask = ask;
  }

  /** Lets in someone of `snapshot.knocks`. */
  admit(target: ParticipantId): Promise<void> {
    return this.#ask({ action: 'admit', target });
  }

  refuse(target: ParticipantId): Promise<void> {
    return this.#ask({ action: 'refuse', target });
  }

  /** Everyone closes the connection to them at once, and they may not come back for a while. */
  remove(target: ParticipantId): Promise<void> {
    return this.#ask({ action: 'remove', target });
  }

  /** A request: an engine of ours switches the source off; nobody can switch one on. */
  mute(target: ParticipantId, source = 'microphone'): Promise<void> {
    return this.#ask({ action: 'mute', target, source });
  }

  /** Nobody new comes in. */
  lock(): Promise<void> {
    return this.#ask({ action: 'lock' });
  }

  unlock(): Promise<void> {
    return this.#ask({ action: 'unlock' });
  }

  /** Closes the room for everyone. */
  end(): Promise<void> {
    return this.#ask({ action: 'end' });
  }
}
