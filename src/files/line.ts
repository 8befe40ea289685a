import { after } from '../shared/scope.ts';
import type { Channel } from '../channels/channel.ts';

/** Transfers of one participant that send at the same time; the others wait their turn. */
const PARALLEL = 3;

/** The way to one participant's file transfers, from when both ends have opened it until it closes. */
export class Line {
  readonly participant: string;
  readonly #channel: Channel;
  readonly #onEnded: () => void;
  readonly #life = new AbortController();
  #waiting: (() => void)[] = [];
  readonly #turns: (() => void)[] = [];
  #busy = 0;
  #stopLater: (() => void) | undefined;

  /** @param onEnded a transfer is over */
  constructor(participant: string, channel: Channel, onEnded: () => void) {
    this.participant = participant;
    this.#channel = channel;
    this.#onEnded = onEnded;
    channel.lifecycle.on('drain', () => { this.#wake(); }, { signal: this.#life.signal });
  }

  get isOpen(): boolean {
    return !this.#life.signal.aborted;
  }

  /** Small, and past what waits for a slow reader. Lost where the line is: whatever matters is said again over the next one. */
  tell(word: string, ...args: unknown[]): void {
    try {
      if (this.isOpen) this.#channel.emit(word, ...args);
    } catch {
      this.close(); // They read nothing of all that was told.
    }
  }

  /** Resolves when more may be sent. @returns false where the line is closed */
  async send(frame: Uint8Array): Promise<boolean> {
    try {
      if (this.isOpen && !this.#channel.send(frame)) await new Promise<void>((resolve) => { this.#waiting.push(resolve); });
    } catch {
      this.close();
    }
    return this.isOpen;
  }

  /** Sends when it is this one's turn, for as long as it takes. */
  async inTurn(sending: () => Promise<void>): Promise<void> {
    if (this.#busy < PARALLEL) this.#busy++;
    else await new Promise<void>((resolve) => { this.#turns.push(resolve); });
    try {
      await sending();
    } finally {
      const next = this.#turns.shift();
      if (next) next(); else this.#busy--;
    }
  }

  later(delayMs: number, fn: () => void): void {
    this.#stopLater?.();
    this.#stopLater = after(delayMs, this.#life.signal, fn);
  }

  /** A transfer is over: another may be offered. */
  ended(): void {
    this.#onEnded();
  }

  close(): void {
    this.#life.abort();
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
