import { TokenBucket } from '../protocol/token-bucket.ts';
import { after } from '../shared/scope.ts';

/** A little less than a relay takes from one socket by default (docs/relay.md, `bytes`): what is beyond, it drops. */
const RATE = { burst: 400_000, perSecond: 56_000 };

/** For one participant; an honest pc has less to say. */
const MAX_WAITING = 256;

interface Waiting<T> { text: string; message: T }

/**
 * Envelopes on their way out: to each participant in order, in turn to one after the other, and no faster than the relay takes
 * them. It stays short by itself, because a pc makes no second offer before the first was answered; what is said again while it
 * still waits here is not said twice.
 */
export class Outbox<T> {
  readonly #send: (message: T) => void;
  readonly #scope: AbortSignal;
  readonly #bucket = new TokenBucket(RATE);
  /** By whom it is for; whose turn it is comes first. */
  readonly #waiting = new Map<string, Waiting<T>[]>();
  #cancel: (() => void) | undefined;

  constructor(send: (message: T) => void, scope: AbortSignal) {
    this.#send = send;
    this.#scope = scope;
  }

  push(message: T, target: string): void {
    const text = JSON.stringify(message);
    const lane = this.#waiting.get(target) ?? [];
    if (lane.length >= MAX_WAITING || lane.some((one) => one.text === text)) return;
    lane.push({ text, message });
    this.#waiting.set(target, lane);
    this.#flush();
  }

  /** The way is gone, and so is what would have gone it. */
  clear(): void {
    this.#waiting.clear();
  }

  #flush(): void {
    this.#cancel?.();
    for (const [target, lane] of this.#waiting) {
      const waitMs = this.#bucket.waitMs();
      if (waitMs > 0) {
        this.#cancel = after(waitMs, this.#scope, () => { this.#flush(); });
        return;
      }
      this.#waiting.delete(target);
      const next = lane.shift();
      if (!next) continue;
      if (lane.length > 0) this.#waiting.set(target, lane); // Comes up again behind the others.
      this.#bucket.charge(next.text.length);
      this.#send(next.message);
    }
  }
}
