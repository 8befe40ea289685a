import { RoomError } from '../shared/errors.ts';
import { after, childScope } from '../shared/scope.ts';
import type { TokenBucket } from '../protocol/token-bucket.ts';

export type Frame = string | ArrayBuffer | ArrayBufferView;

export interface FlowGateOptions {
  highWaterBytes: number;
  lowWaterBytes: number;
  /** What may wait here; more is `queue-full` at the caller. */
  queueBytes: number;
  /** Everything that waited has gone to the browser. */
  onDrain?(): void;
  scope: AbortSignal;
}

/**
 * What stands between a sender and one data channel: two watermarks on the browser's buffer and a bounded queue in front
 * of it. It outlives the channels that are attached to it, one after the other.
 *
 * Invariant: frames leave in the order they came, and the queue flows only while a channel is attached and its
 * `bufferedAmount` is below the high watermark. Chromium closes a channel whose buffer overflows at 16 MiB, and buffers of
 * 64 to 256 KiB are the fastest.
 */
export class FlowGate {
  readonly #options: FlowGateOptions;
  #dc: RTCDataChannel | undefined;
  #attached: AbortController | undefined;
  #pace: TokenBucket | undefined;
  #paceTimer: (() => void) | undefined;
  #queue: Frame[] = [];
  #head = 0;
  #queuedBytes = 0;
  #owesDrain = false;

  constructor(options: FlowGateOptions) {
    this.#options = options;
  }

  get highWaterBytes(): number {
    return this.#options.highWaterBytes;
  }

  get bufferedBytes(): number {
    return this.#queuedBytes + (this.#dc?.bufferedAmount ?? 0);
  }

  get isOpen(): boolean {
    return this.#dc?.readyState === 'open';
  }

  /** Whether `push` would take a frame of this size. */
  accepts(bytes: number): boolean {
    return this.#isFlowing || this.#queuedBytes + bytes <= this.#options.queueBytes;
  }

  /** From now on frames go to this open channel, no faster than `pace`. */
  attach(dc: RTCDataChannel, pace?: TokenBucket): void {
    this.detach();
    this.#dc = dc;
    this.#pace = pace;
    this.#attached = childScope(this.#options.scope);
    dc.bufferedAmountLowThreshold = this.#options.lowWaterBytes;
    dc.addEventListener('bufferedamountlow', () => { this.#flush(); }, { signal: this.#attached.signal });
    this.#flush();
  }

  /** What waits, waits on. */
  detach(): void {
    this.#attached?.abort();
    this.#dc = this.#attached = this.#pace = this.#paceTimer = undefined;
  }

  discard(): void {
    this.#queue = [];
    this.#head = this.#queuedBytes = 0;
  }

  /** @returns whether more may come before `onDrain`. @throws RoomError `queue-full`; then the frame was not taken. */
  push(frame: Frame): boolean {
    if (this.#isFlowing) {
      this.#send(frame);
    } else {
      const bytes = sizeOf(frame);
      if (this.#queuedBytes + bytes > this.#options.queueBytes) {
        throw new RoomError('queue-full', `More than ${this.#options.queueBytes} bytes wait already: wait for "drain".`);
      }
      // The browser copies what it is given; what waits here is copied too, so that its owner may go on writing to it.
      this.#queue.push(typeof frame === 'string' ? frame : copyOf(frame));
      this.#queuedBytes += bytes;
      this.#flush();
    }
    const more = this.bufferedBytes < this.#options.highWaterBytes;
    if (!more) this.#owesDrain = true;
    return more;
  }

  get #isFlowing(): boolean {
    return this.#queuedBytes === 0 && this.#head === this.#queue.length && this.#mayGo();
  }

  #mayGo(): boolean {
    return this.#dc?.readyState === 'open' && this.#dc.bufferedAmount < this.#options.highWaterBytes
      && (this.#pace?.waitMs() ?? 0) === 0;
  }

  #flush(): void {
    while (this.#head < this.#queue.length && this.#mayGo()) {
      const frame = this.#queue[this.#head++] as Frame;
      this.#queuedBytes -= sizeOf(frame);
      this.#send(frame);
    }
    if (this.#head < this.#queue.length) {
      this.#flushWhenPaced();
    } else {
      this.#queue = [];
      this.#head = 0;
      if (this.#owesDrain && this.isOpen && this.bufferedBytes <= this.#options.lowWaterBytes) {
        this.#owesDrain = false;
        this.#options.onDrain?.();
      }
    }
  }

  #flushWhenPaced(): void {
    const waitMs = this.#pace?.waitMs() ?? 0;
    if (waitMs === 0 || this.#paceTimer || !this.#attached) return;
    this.#paceTimer = after(waitMs, this.#attached.signal, () => {
      this.#paceTimer = undefined;
      this.#flush();
    });
  }

  #send(frame: Frame): void {
    this.#pace?.charge(frameCost(frame));
    // One method, three overloads: TypeScript picks none of them for the union.
    this.#dc?.send(frame as string);
  }
}

/** Bytes of a view; UTF-16 code units of a text, which is what memory it takes, near enough. Nothing waits for free. */
export function sizeOf(frame: Frame): number {
  return (typeof frame === 'string' ? frame.length : frame.byteLength) || 1;
}

/** What a frame costs of a rate: one, or one for each KiB, so that one bucket bounds events and bytes. */
export function frameCost(frame: Frame): number {
  return Math.max(1, sizeOf(frame) / 1024);
}

function copyOf(data: ArrayBuffer | ArrayBufferView): ArrayBuffer {
  if (data instanceof ArrayBuffer) return data.slice(0);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice().buffer;
}
