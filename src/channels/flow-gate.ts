import { RoomError } from '../shared/errors.ts';
import { after, childScope, onEnd } from '../shared/scope.ts';
import { FrameQueue, sizeOf } from './frame-queue.ts';
import type { TokenBucket } from '../protocol/token-bucket.ts';
import type { Frame } from './frame-queue.ts';

export interface FlowGateOptions {
  highWaterBytes: number;
  lowWaterBytes: number;
  /** What may wait here; more is `queue-full` at the caller. */
  queueBytes: number;
  /** What may be sent and not acknowledged yet, where the far end counts: above it frames wait. */
  keptBytes?: number;
  /** Everything that waited has gone to the browser. */
  onDrain?(): void;
}

export interface Attachment {
  /** The channel's; when it ends, what waits waits on. */
  scope: AbortSignal;
  /** Frames leave no faster. */
  pace?: TokenBucket | undefined;
  /** The far end counts, and has so many of all frames that ever left: those after are sent again. */
  got?: number | undefined;
}

/** Each kept frame costs memory beside its bytes. */
const MAX_KEPT_FRAMES = 16_384;

/**
 * What stands between a sender and one data channel: two watermarks on the browser's buffer and a bounded queue in front
 * of it. It outlives the channels that are attached to it, one after the other; where the far end counts what it gets, what
 * left and was not acknowledged is kept, and leaves again over the next channel.
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
  readonly #queue = new FrameQueue();
  /** Left, and not acknowledged. */
  readonly #kept = new FrameQueue();
  #keeps = false;
  #acknowledged = 0;
  #owesDrain = false;

  constructor(options: FlowGateOptions) {
    this.#options = options;
  }

  get highWaterBytes(): number {
    return this.#options.highWaterBytes;
  }

  get bufferedBytes(): number {
    return this.#queue.bytes + (this.#dc?.bufferedAmount ?? 0);
  }

  get isOpen(): boolean {
    return this.#dc?.readyState === 'open';
  }

  /** Frames of which it is not known that the far end has them. */
  get undelivered(): number {
    return this.#queue.size + this.#kept.size;
  }

  /** Nothing waits, and a frame would leave at once. */
  get isFlowing(): boolean {
    return this.#queue.size === 0 && this.#mayGo();
  }

  /** Whether `push` would take a frame of this size. */
  accepts(bytes: number): boolean {
    return this.isFlowing || this.#queue.bytes + bytes <= this.#options.queueBytes;
  }

  /** From now on frames go to this open channel. */
  attach(dc: RTCDataChannel, { scope, pace, got }: Attachment): void {
    this.detach();
    this.#keeps = got !== undefined;
    if (got === undefined) this.restart(); else this.acknowledge(got);
    this.#queue.prepend(this.#kept);
    this.#dc = dc;
    this.#pace = pace;
    const attached = (this.#attached = childScope(scope));
    onEnd(attached.signal, () => { if (this.#attached === attached) this.detach(); });
    dc.bufferedAmountLowThreshold = this.#options.lowWaterBytes;
    dc.addEventListener('bufferedamountlow', () => { this.#flush(); }, { signal: attached.signal });
    this.#flush();
  }

  /** What waits, waits on. */
  detach(): void {
    const attached = this.#attached;
    this.#dc = this.#attached = this.#pace = this.#paceTimer = undefined;
    attached?.abort();
  }

  /** @param got of all frames that ever left. @returns whether so many have left. */
  acknowledge(got: number): boolean {
    if (got - this.#acknowledged > this.#kept.size) return false;
    for (; this.#acknowledged < got; this.#acknowledged++) this.#kept.shift();
    this.#flush();
    return true;
  }

  /** Gives up what waits. */
  discard(): void {
    this.#queue.clear();
  }

  /** The far end counts from zero: what left is not sent again. @returns how many frames that were not acknowledged. */
  restart(): number {
    const lost = this.#kept.size;
    this.#kept.clear();
    this.#acknowledged = 0;
    return lost;
  }

  /** @returns whether more may come before `onDrain`. @throws RoomError `queue-full`; then the frame was not taken. */
  push(frame: Frame): boolean {
    if (this.isFlowing) {
      this.#send(this.#keeps ? ownCopy(frame) : frame);
    } else {
      if (this.#queue.bytes + sizeOf(frame) > this.#options.queueBytes) {
        throw new RoomError('queue-full', `More than ${this.#options.queueBytes} bytes wait already: wait for "drain".`);
      }
      this.#queue.push(ownCopy(frame));
      this.#flush();
    }
    const more = this.bufferedBytes < this.#options.highWaterBytes;
    if (!more) this.#owesDrain = true;
    return more;
  }

  #mayGo(): boolean {
    return this.#dc?.readyState === 'open' && this.#dc.bufferedAmount < this.#options.highWaterBytes
      && this.#kept.bytes < (this.#options.keptBytes ?? Infinity) && this.#kept.size < MAX_KEPT_FRAMES
      && (this.#pace?.waitMs() ?? 0) === 0;
  }

  #flush(): void {
    while (this.#queue.size > 0 && this.#mayGo()) this.#send(this.#queue.shift() as Frame);
    if (this.#queue.size > 0) {
      this.#flushWhenPaced();
    } else if (this.#owesDrain && this.isOpen && this.bufferedBytes <= this.#options.lowWaterBytes) {
      this.#owesDrain = false;
      this.#options.onDrain?.();
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
    if (this.#keeps) this.#kept.push(frame);
  }
}

/** What a frame costs of a rate: one, or one for each KiB, so that one bucket bounds events and bytes. */
export function frameCost(frame: Frame): number {
  return Math.max(1, sizeOf(frame) / 1024);
}

/** The browser copies what it is given; what stays here is copied too, so that its owner may go on writing to it. */
function ownCopy(frame: Frame): Frame {
  if (typeof frame === 'string') return frame;
  if (frame instanceof ArrayBuffer) return frame.slice(0);
  return new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength).slice().buffer;
}
