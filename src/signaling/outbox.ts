import { TokenBucket } from '../protocol/token-bucket.ts';
import { after } from '../shared/scope.ts';

/** A little less than a relay takes from one socket by default (docs/relay.md, `bytes`): what is beyond, it drops. */
const RATE = { burst: 400_000, perSecond: 56_000 };

/**
 * Envelopes on their way out: in order, and no faster than the relay takes them. It stays short by itself, because a pc makes no
 * second offer before the first was answered; what is said again while it still waits here is not said twice.
 */
export class Outbox<T> {
  readonly #send: (message: T) => void;
  readonly #scope: AbortSignal;
  readonly #bucket = new TokenBucket(RATE);
  #waiting: { text: string; message: T }[] = [];
  #cancel: (() => void) | undefined;

  constructor(send: (message: T) => void, scope: AbortSignal) {
    this.#send = send;
    this.#scope = scope;
  }

  push(message: T): void {
    const text = JSON.stringify(message);
    if (this.#waiting.some((one) => one.text === text)) return;
    this.#waiting.push({ text, message });
    this.#flush();
  }

  /** The way is gone, and so is what would have gone it. */
  clear(): void {
    this.#waiting = [];
  }

  #flush(): void {
    this.#cancel?.();
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const waitMs = this.#bucket.waitMs();
      if (waitMs > 0) {
        this.#cancel = after(waitMs, this.#scope, () => { this.#flush(); });
        return;
      }
      this.#waiting.shift();
      this.#bucket.charge(next.text.length);
      this.#send(next.message);
    }
  }
}
