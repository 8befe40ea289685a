/** Raised hands, reactions and the sign of a recording; loaded with the first of them, from here or elsewhere. */
import { REACTIONS } from '../protocol/gesture.ts';
import { encodeGesture, parseGesture } from '../protocol/parse-gesture.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import { RoomError } from '../shared/errors.ts';
import type { Mark, Reaction } from '../protocol/gesture.ts';
import type { Gesture } from '../protocol/parse-gesture.ts';
import type { PeerLimits } from '../protocol/peer-limits.ts';
import type { Emitter } from '../shared/emitter.ts';
import type { ReadableStore } from '../shared/store.ts';
import type { LocalChange } from './reducer.ts';
import type { RoomEvents } from './room-events.ts';
import type { LocalView, ParticipantView, RoomSnapshot } from './snapshot.ts';

/** What they need of their room. */
export interface GesturesHost {
  readonly store: ReadableStore<RoomSnapshot>;
  readonly lifecycle: Pick<Emitter<RoomEvents>, 'emit'>;
  apply(change: LocalChange): void;
  limits(): PeerLimits;
  dropped(from: string): void;
}

export class Gestures {
  readonly #host: GesturesHost;
  readonly #say: (args: readonly unknown[]) => void;
  /** Of everyone who has gestured, oneself included: how much more they may. */
  readonly #rates = new Map<string, TokenBucket>();

  constructor(host: GesturesHost, say: (args: readonly unknown[]) => void) {
    this.#host = host;
    this.#say = say;
  }

  mark(what: Mark, on: boolean): void {
    const { local } = this.#host.store.snapshot;
    if (local.id && on === (local[what] !== undefined)) return;
    this.#gesture(on ? { what, forMs: 0 } : { what });
  }

  /** @throws TypeError for what is none of {@link REACTIONS}. */
  react(reaction: Reaction): void {
    if (!REACTIONS.includes(reaction)) throw new TypeError(`Reactions are ${REACTIONS.join(' ')}.`);
    this.#gesture({ what: 'reaction', reaction });
  }

  /** What a participant says, unread. */
  hear(from: string, args: readonly unknown[]): void {
    const gesture = parseGesture(args);
    // Each connection begins with the state of the hand. Whom one has just met may have raised it earlier, and is believed; it
    // is no way to the front for who is here.
    const jumps = gesture?.what === 'hand' && gesture.forMs !== undefined && this.#rates.has(from);
    if (!gesture || !this.#find(from) || !this.#take(from, gesture)) this.#host.dropped(from);
    else this.#show(from, jumps ? { ...gesture, forMs: 0 } : gesture);
  }

  /** They are gone, or everyone is. */
  forget(id?: string): void {
    if (id === undefined) this.#rates.clear(); else this.#rates.delete(id);
  }

  #gesture(gesture: Gesture): void {
    const { id } = this.#host.store.snapshot.local;
    if (!id) throw new RoomError('not-joined', 'Join the room first.');
    if (!this.#take(id, gesture)) throw new RoomError('rate-limited', `At most ${this.#host.limits().gesturesPerSecond} a second.`);
    this.#say(encodeGesture(gesture));
    this.#show(id, gesture);
  }

  #show(id: string, gesture: Gesture): void {
    const participant = this.#find(id);
    if (!participant) return;
    if (gesture.what === 'reaction') {
      this.#host.lifecycle.emit('reaction', { participant, reaction: gesture.reaction });
      return;
    }
    const { what: mark, forMs } = gesture;
    if ((forMs === undefined) === (participant[mark] === undefined)) return;
    this.#host.apply({ type: 'mark', id, mark, ...(forMs !== undefined && { since: Date.now() - forMs }) });
  }

  #find(id: string): LocalView | ParticipantView | undefined {
    const { local, participants } = this.#host.store.snapshot;
    return id === local.id ? local : participants.find((one) => one.id === id);
  }

  #take(id: string, gesture: Gesture): boolean {
    const { gesturesPerSecond: perSecond, gesturesBurst: burst } = this.#host.limits();
    const rate = this.#rates.get(id) ?? new TokenBucket({ perSecond, burst });
    this.#rates.set(id, rate);
    return rate.take(this.#cost(id, gesture));
  }

  /** A recording pays for its end when it begins, so that its sign cannot stay for want of a token. */
  #cost(id: string, gesture: Gesture): number {
    if (gesture.what !== 'recording') return 1;
    if (gesture.forMs !== undefined) return 2;
    return this.#find(id)?.recording === undefined ? 1 : 0;
  }
}
