import { RoomError } from '../shared/errors.ts';
import { after, childScope, onEnd } from '../shared/scope.ts';
import { Store } from '../shared/store.ts';
import { RateMeter } from './rate-meter.ts';
import type { ListenOptions } from '../shared/emitter.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { ReadableStore } from '../shared/store.ts';
import type { Line } from './line.ts';
import type { TransferState, TransferView } from './transfer-view.ts';
import type { Offer } from './words.ts';

/** What a transfer lives in. */
export interface TransferHost {
  readonly offerMs: number;
  readonly scope: AbortSignal;
  /** A view changed. */
  changed(): void;
}

const SHOW_EVERY_MS = 100;

/** What sending and receiving have in common: a state that can be looked at, two who may pause it, one end. */
export abstract class Transfer<Result> implements ReadableStore<TransferView> {
  /** Settles when it is over. @throws RoomError `file-…`; the reason of the signal that was given */
  readonly done: Promise<Result>;
  readonly #store: Store<TransferView>;
  readonly #host: TransferHost;
  readonly #end: AbortController;
  readonly #meter = new RateMeter();
  #settle!: { resolve(result: Result): void; reject(reason: unknown): void };
  #line: Line | undefined;
  /** 0 until it was offered. */
  #number = 0;
  #agreed = false;
  #reachable = false;
  readonly #holds = { us: false, them: false };
  #bytes = 0;
  #showing: (() => void) | undefined;
  #stopExpiry: (() => void) | undefined;

  constructor(host: TransferHost, who: Pick<TransferView, 'direction' | 'participant'>, offer: Offer) {
    this.#host = host;
    this.#end = childScope(host.scope);
    this.#store = new Store<TransferView>({ ...offer, ...who, state: 'waiting', bytes: 0, bytesPerSecond: 0 });
    this.done = new Promise<Result>((resolve, reject) => { this.#settle = { resolve, reject }; });
    this.done.catch(() => undefined); // It stands in the snapshot: nobody has to await it.
    onEnd(host.scope, () => { this.fail('file-cancelled', 'The room was closed.'); }, this.#end.signal);
  }

  get id(): string {
    return this.snapshot.id;
  }

  get snapshot(): TransferView {
    return this.#store.snapshot;
  }

  subscribe(listener: (snapshot: TransferView) => void, options?: ListenOptions): () => void {
    return this.#store.subscribe(listener, options);
  }

  /** Nothing flows until both ends want it to. */
  pause(): void {
    this.#hold(true);
  }

  resume(): void {
    this.#hold(false);
  }

  cancel(): void {
    if (!this.isOver) this.give('file-cancelled', 'It was cancelled here.');
  }

  /** @internal */
  get isOver(): boolean {
    return this.#end.signal.aborted;
  }

  /** @internal Cancels when the signal aborts. */
  follow(signal: AbortSignal | undefined): void {
    if (!signal) return;
    onEnd(signal, () => {
      this.#settle.reject(signal.reason);
      this.cancel();
    }, this.#end.signal);
  }

  /** @internal The receiver wants it. */
  get isAgreed(): boolean {
    return this.#agreed;
  }

  /** @internal They are reached by this line, in which the transfer has this number; or are out of reach. */
  connect(line: Line | undefined, number = this.#number): void {
    if (this.isOver) return;
    this.#line = line;
    this.#number = number;
    this.#reachable = line !== undefined;
    this.#holds.them = false;
    this.connected();
    if (line && this.#holds.us) this.tell(this.holdWord, true);
    this.show();
  }

  /** @internal The connection behind the line is interrupted, or works again. */
  reach(reachable: boolean): void {
    if (this.isOver || this.#reachable === reachable) return;
    this.#reachable = reachable;
    this.show();
  }

  /** @internal What the other end wants. */
  held(held: boolean): void {
    this.#holds.them = held;
    this.show();
    this.flow();
  }

  /** @internal The transfer is over, against one's will or by it; the other end knows. */
  fail(code: ErrorCode, hint: string, cause?: unknown): void {
    if (this.isOver) return;
    const error = new RoomError(code, hint, { cause });
    this.#finish({ state: 'failed', error });
    this.#settle.reject(error);
  }

  /** @internal As {@link fail}, and the other end is told. */
  give(code: ErrorCode, hint: string, cause?: unknown): void {
    this.tell(this.endWord, code, hint.slice(0, 200));
    this.fail(code, hint, cause);
  }

  protected abstract readonly holdWord: string;
  protected abstract readonly endWord: string;
  /** A line was found or lost. */
  protected abstract connected(): void;
  /** What held it may have gone. */
  protected abstract flow(): void;
  /** It is over: nothing of it is kept. */
  protected abstract clear(): void;

  protected get line(): Line | undefined {
    return this.#line;
  }

  protected get number(): number {
    return this.#number;
  }

  protected get isHeld(): boolean {
    return this.#holds.us || this.#holds.them;
  }

  protected agree(): void {
    this.#agreed = true;
    this.show();
  }

  protected tell(word: string, ...args: unknown[]): void {
    this.#line?.tell(word, this.#number, ...args);
  }

  /** So many more bytes, or fewer where some have to come again. */
  protected progress(bytes: number): void {
    this.#bytes += bytes;
    if (bytes > 0) this.#meter.add(bytes);
    this.#showing ??= after(SHOW_EVERY_MS, this.#end.signal, () => { this.show(); });
  }

  protected succeed(result: Result): void {
    if (this.isOver) return;
    this.#bytes = this.snapshot.size;
    this.#finish({ state: 'done' });
    this.#settle.resolve(result);
  }

  protected show(): void {
    if (this.isOver) return;
    const state = this.#state();
    if (state !== 'active') this.#meter.rest();
    this.#expireWhile(state === 'waiting' || state === 'offered' || state === 'interrupted');
    this.#update({ state });
  }

  #state(): TransferState {
    if (this.#number === 0) return 'waiting';
    if (!this.#line || !this.#reachable) return 'interrupted';
    if (!this.#agreed) return 'offered';
    return this.isHeld ? 'paused' : 'active';
  }

  #hold(held: boolean): void {
    if (this.isOver || this.#holds.us === held) return;
    this.#holds.us = held;
    this.tell(this.holdWord, held);
    this.show();
    this.flow();
  }

  /** What nobody answers, and what nobody comes back to, ends. */
  #expireWhile(idle: boolean): void {
    if (!idle) {
      this.#stopExpiry?.();
      this.#stopExpiry = undefined;
    } else {
      this.#stopExpiry ??= after(this.#host.offerMs, this.#end.signal, () => {
        this.give('file-expired', 'Nobody answered, or came back, in time.');
      });
    }
  }

  #finish(last: Pick<TransferView, 'state' | 'error'>): void {
    this.#end.abort();
    this.#meter.rest();
    this.clear();
    this.#update(last);
    this.#line?.ended();
    this.#line = undefined;
  }

  #update(now: Pick<TransferView, 'state' | 'error'>): void {
    this.#showing?.();
    this.#showing = undefined;
    const { us, them } = this.#holds;
    const { bytesPerSecond } = this.#meter;
    const { pausedBy: _, secondsLeft: __, ...before } = this.snapshot;
    this.#store.update(() => ({
      ...before, ...now, participant: this.#line?.participant ?? before.participant, bytes: this.#bytes, bytesPerSecond,
      ...(now.state === 'paused' && { pausedBy: us && them ? 'both' as const : us ? 'us' as const : 'them' as const }),
      ...(bytesPerSecond > 0 && { secondsLeft: (before.size - this.#bytes) / bytesPerSecond }),
    }));
    this.#host.changed();
  }
}
