import { parseHostAction } from '../src/protocol/parse-moderation.ts';
import type { Ack, HostAction } from '../src/protocol/wire.ts';
import { idOf } from './announcer.ts';
import type { Membership } from './membership.ts';
import type { RoomRules } from './room-rules.ts';
import type { Member } from './rooms/rooms.ts';
import { refuse, type Identity, type RefusalCode } from './types.ts';
import { within } from './within.ts';

export interface ModerationOptions {
  membership: Membership;
  rules: RoomRules;
  /** How long a resume token of someone removed would be good for. */
  resumeMs: number;
}

/** A store that has not decided by then is out of reach. */
const STORE_MS = 5_000;

/** What hosts ask: it always acts on the room that the host is in. */
export class Moderation {
  readonly #o: ModerationOptions;

  constructor(options: ModerationOptions) {
    this.#o = options;
  }

  /** @param identity of the asking member as it is now, the one it joined with may have been renewed */
  async act(member: Member, identity: Identity, body: unknown): Promise<Ack> {
    if (!this.#o.rules.isHost(identity)) return refuse('forbidden', 'Only a host may do that.');
    const action = parseHostAction(body);
    if (!action) return refuse('invalid-message', 'Not something that a host can ask.');
    if ('target' in action && action.target === idOf(member)) return refuse('unknown-target', 'Hosts do this to others.');
    try {
      const code = await within(STORE_MS, this.#decide(member, action));
      return code ? refuse(code, SENTENCES[code] ?? 'Refused.') : { ok: true };
    } catch (error) {
      return { ok: false, error: this.#o.membership.unavailable(error) };
    }
  }

  async #decide(member: Member, action: HostAction): Promise<RefusalCode | undefined> {
    const { membership, rules, resumeMs } = this.#o;
    const { rooms } = membership;
    const { roomId } = member;
    switch (action.action) {
      case 'admit': return rooms.admit(roomId, action.target, rules.capacity);
      case 'refuse': return rooms.refuse(roomId, action.target);
      case 'remove': return rooms.remove(roomId, action.target, { idMs: resumeMs, subjectMs: rules.banMs });
      case 'lock': case 'unlock': await rooms.lock(roomId, action.action === 'lock'); return undefined;
      case 'end': await rooms.end(roomId, idOf(member), rules.endedMs); return undefined;
      case 'mute': {
        const request = { by: idOf(member), source: action.source };
        return membership.deliver(rooms.find(roomId, action.target), '#rtcio:mute', request) ? undefined : 'unknown-target';
      }
    }
  }
}

const SENTENCES: Partial<Record<RefusalCode, string>> = {
  'room-full': 'The room is full.',
  'unknown-target': 'Nobody of this id is, or waits, in this room.',
};
