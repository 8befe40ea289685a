/** Raised hands and reactions; loaded with the first of them, from here or elsewhere. */
import { REACTIONS } from '../protocol/gesture.ts';
import { encodeGesture, parseGesture } from '../protocol/parse-gesture.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import { RoomError } from '../shared/errors.ts';
import type { Reaction } from '../protocol/gesture.ts';
import type { Gesture } from '../protocol/parse-gesture.ts';
import type { PeerLimits } from '../protocol/peer-limits.ts';
import type { Emitter } from '../shared/emitter.ts';
import type { ReadableStore } from '../shared/store.ts';
import type { LocalChange } from './reducer.ts';
import type { RoomEvents } from './room-events.ts';
import type { RoomSnapshot } from './snapshot.ts';

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

  raise(up: boolean): void {
    const { local } = this.#host.store.snapshot;
    if (local.id && up === (local.hand !== undefined)) return;
    this.#gesture(up ? { what: 'hand', upMs: 0 } : { what: 'hand' });
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
    const isFirst = !this.#rates.has(from);
    const isHere = this.#host.store.snapshot.participants.some(({ id }) => id === from);
    if (!gesture || !isHere || !this.#take(from)) this.#host.dropped(from);
    else this.#show(from, 'upMs' in gesture && !isFirst ? { ...gesture, upMs: 0 } : gesture);
  }

  /** They are gone, or everyone is. */
  forget(id?: string): void {
    if (id === undefined) this.#rates.clear(); else this.#rates.delete(id);
  }

  #gesture(gesture: Gesture): void {
    const { id } = this.#host.store.snapshot.local;
    if (!id) throw new RoomError('not-joined', 'Join the room first.');
    if (!this.#take(id)) throw new RoomError('rate-limited', `At most ${this.#host.limits().gesturesPerSecond} a second.`);
    this.#say(encodeGesture(gesture));
    this.#show(id, gesture);
  }

  #show(id: string, gesture: Gesture): void {
    const { store: { snapshot }, lifecycle } = this.#host;
    const participant = id === snapshot.local.id ? snapshot.local : snapshot.participants.find((one) => one.id === id);
    if (!participant) return;
    if (gesture.what === 'reaction') {
      lifecycle.emit('reaction', { participant, reaction: gesture.reaction });
    } else if ((gesture.upMs === undefined) !== (participant.hand === undefined)) {
      this.#host.apply({ type: 'hand', id, ...(gesture.upMs !== undefined && { hand: Date.now() - gesture.upMs }) });
    }
  }

  #take(id: string): boolean {
    const { gesturesPerSecond: perSecond, gesturesBurst: burst } = this.#host.limits();
    const rate = this.#rates.get(id) ?? new TokenBucket({ perSecond, burst });
    this.#rates.set(id, rate);
    return rate.take();
  }
}
