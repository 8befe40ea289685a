import { RoomError } from '../shared/errors.ts';
import { after, childScope, onEnd } from '../shared/scope.ts';
import { Later, Packed, isPacked, ownCopy, sizeOf } from './frame-queue.ts';
import { Outbox } from './outbox.ts';
import type { TokenBucket } from '../protocol/token-bucket.ts';
import type { Attachment, FlowGateOptions } from './flow-gate-options.ts';
import type { Frame, FrameQueue, Item } from './frame-queue.ts';

/** Each kept frame costs memory beside its bytes. */
const MAX_KEPT_FRAMES = 16_384;
/** Texts are joined up to this: a larger frame gains no speed, and holds up what comes after it. */
const JOINED_CHARS = 16_000;

/**
 * What stands between a sender and one data channel: two watermarks on the browser's buffer and a bounded queue in front
 * of it. It outlives the channels that are attached to it, one after the other; where the far end counts what it gets, what
 * left and was not acknowledged is kept, and leaves again over the next channel.
 *
 * Invariant: items leave in the order they came, urgent ones before others, and the queue flows only while a channel is attached
 * and its `bufferedAmount` is below the high watermark. Chromium closes a channel whose buffer overflows at 16 MiB, and buffers
 * of 64 to 256 KiB are the fastest.
 *
 * A text that finds the channel idle leaves at once. Those that follow in the same task, and those that had to wait, are joined:
 * a message costs Chromium several times what an event of 100 bytes does.
 */
export class FlowGate {
  readonly #options: FlowGateOptions;
  #dc: RTCDataChannel | undefined;
  #attached: AbortController | undefined;
  #pace: TokenBucket | undefined;
  #paceTimer: (() => void) | undefined;
  readonly #outbox = new Outbox();
  #joins = false;
  /** So many frames of the packed item that is first have left. */
  #parts = 0;
  /** Something left in this task: texts that follow wait for its end, to be joined. */
  #gathers = false;
  #owesDrain = false;

  constructor(options: FlowGateOptions) {
    this.#options = options;
    options.traffic?.add(this, options.priority);
  }

  get highWaterBytes(): number {
    return this.#options.highWaterBytes;
  }

  get lowWaterBytes(): number {
    return this.#options.lowWaterBytes;
  }

  get bufferedBytes(): number {
    return this.#outbox.bytes + (this.#dc?.bufferedAmount ?? 0);
  }

  get isOpen(): boolean {
    return this.#dc?.readyState === 'open';
  }

  /** In the browser's buffer, from which it leaves. */
  get leavingBytes(): number {
    return this.isOpen ? this.#dc?.bufferedAmount ?? 0 : 0;
  }

  /** What left and was not acknowledged. */
  get kept(): FrameQueue {
    return this.#outbox.kept;
  }

  /** Items of which it is not known that the far end has them. */
  get undelivered(): number {
    return this.#outbox.undelivered;
  }

  /** Nothing is held up, and a frame would leave at once. */
  get isFlowing(): boolean {
    return (this.#gathers || this.#outbox.isEmpty) && this.#mayGo();
  }

  /** Whether `push` would take it. If not, `onDrain` tells when to go on. */
  accepts(item: Item): boolean {
    const bytes = sizeOf(item);
    const bound = Math.max(this.#options.queueBytes, isPacked(item) ? bytes : 0);
    const isTaken = this.isFlowing || this.#outbox.bytes + bytes <= bound;
    this.#owesDrain ||= !isTaken;
    return isTaken;
  }

  /** From now on items go to this open channel. @returns how many are given up, because the far end does not take such. */
  attach(dc: RTCDataChannel, { scope, pace, got, packedBytes = -1, joins = false }: Attachment): number {
    this.detach();
    this.#joins = joins;
    const refused = this.#outbox.resume(got, packedBytes);
    this.#dc = dc;
    this.#pace = pace;
    const attached = (this.#attached = childScope(scope));
    onEnd(attached.signal, () => { if (this.#attached === attached) this.detach(); });
    dc.addEventListener('bufferedamountlow', () => { this.flush(); }, { signal: attached.signal });
    this.flush();
    return refused;
  }

  /** What waits, waits on. */
  detach(): void {
    const attached = this.#attached;
    this.#dc = this.#attached = this.#pace = this.#paceTimer = undefined;
    this.#parts = 0; // The next channel begins with the first.
    attached?.abort();
    this.#options.traffic?.changed();
  }

  /** `flush` sends what this makes room for. @param got of all that ever left. @returns whether so many have left. */
  acknowledge(got: number): boolean {
    return this.#outbox.acknowledge(got);
  }

  /** Gives up what waits, but for the rest of what the far end has a part of. */
  discard(): void {
    this.#outbox.discard(this.#parts > 0);
  }

  /** The far end counts from zero: what left is not sent again. @returns how many items that were not acknowledged. */
  restart(): number {
    return this.#outbox.restart();
  }

  /**
   * @param urgent texts only: before all that waits and is not
   * @returns whether more may come before `onDrain`. @throws RoomError `queue-full`; then the item was not taken.
   */
  push(item: Item, urgent = false): boolean {
    const { queueBytes, highWaterBytes } = this.#options;
    if (!this.accepts(item)) {
      throw new RoomError('queue-full', `More than ${queueBytes} bytes wait already: wait for "drain".`);
    }
    if (item instanceof Later) void item.ready.then(this.flush, this.flush);
    const leaves = this.#outbox.isEmpty && this.#mayGo();
    this.#outbox.push(leaves && !this.#outbox.keeps ? item : ownCopy(item), urgent);
    const more = this.bufferedBytes < highWaterBytes;
    this.#owesDrain ||= !more;
    if (!this.#gathers || typeof item !== 'string' || this.#outbox.bytes >= JOINED_CHARS) {
      this.flush();
      if (this.#joins && leaves && typeof item === 'string') this.#gather();
    }
    return more;
  }

  /** Sends what may go. */
  readonly flush = (): void => {
    while (this.#mayGo() && this.#sendNext());
    if (!this.#outbox.isEmpty) {
      this.#flushWhenPaced();
    } else if (this.#owesDrain && this.isOpen && this.bufferedBytes <= this.#options.lowWaterBytes) {
      this.#owesDrain = false;
      this.#options.onDrain?.();
    }
    const { traffic, lowWaterBytes } = this.#options;
    traffic?.changed();
    if (!this.#dc) return;
    const waits = this.#owesDrain || !this.#outbox.isEmpty;
    this.#dc.bufferedAmountLowThreshold = traffic?.wakeBytes(this, waits) ?? lowWaterBytes;
  };

  #gather(): void {
    if (this.#gathers) return;
    this.#gathers = true;
    queueMicrotask(() => {
      this.#gathers = false;
      if (!this.#outbox.isEmpty) this.flush();
    });
  }

  #mayGo(): boolean {
    const { highWaterBytes, traffic } = this.#options;
    if (this.#dc?.readyState !== 'open') return false;
    return this.#dc.bufferedAmount < (traffic?.limit(this) ?? highWaterBytes) && this.#mayLeave();
  }

  /** As far as what was sent before lets it. */
  #mayLeave(): boolean {
    const { bytes, size } = this.#outbox.kept;
    return bytes < (this.#options.keptBytes ?? Infinity) && size < MAX_KEPT_FRAMES
      && (this.#pace?.waitMs() ?? 0) === 0;
  }

  #flushWhenPaced(): void {
    const waitMs = this.#pace?.waitMs() ?? 0;
    if (waitMs === 0 || this.#paceTimer || !this.#attached) return;
    this.#paceTimer = after(waitMs, this.#attached.signal, () => {
      this.#paceTimer = undefined;
      this.flush();
    });
  }

  /** @returns whether anything of what is first could go. */
  #sendNext(): boolean {
    const lane = this.#outbox.next;
    const item = lane?.first;
    if (!lane || item === undefined) return false;
    const packed = item instanceof Later ? item.packed : item;
    if (packed === undefined) return false;
    if (packed === 'failed') { lane.shift(); return true; }
    if (packed instanceof Packed) return this.#sendPart(packed, lane);
    this.#leave(lane);
    this.#send(typeof packed === 'string' ? this.#join(packed, lane) : packed);
    return true;
  }

  #send(frame: Frame): void {
    // One method, three overloads: TypeScript picks none of them for the union.
    this.#dc?.send(frame as string);
    this.#options.traffic?.sent(this, sizeOf(frame));
  }

  /** What may come between the parts of a long item finds little before it in the browser's buffer. */
  #sendPart({ frames }: Packed, lane: FrameQueue): boolean {
    const frame = frames[this.#parts];
    if (!this.#dc || !frame || (frames.length > 1 && this.#dc.bufferedAmount > this.#options.lowWaterBytes)) return false;
    this.#send(frame);
    this.#pace?.charge(frameCost(frame));
    if (++this.#parts === frames.length) {
      this.#parts = 0;
      this.#leave(lane);
    }
    return true;
  }

  /** As many texts as may go with the first. */
  #join(first: string, lane: FrameQueue): string {
    let joined = first;
    for (let next = lane.first; this.#joins && typeof next === 'string'; next = lane.first) {
      if (joined.length + next.length > JOINED_CHARS || !this.#mayLeave()) break;
      joined += `,${next}`;
      this.#leave(lane);
    }
    return joined === first ? first : `[${joined}]`;
  }

  #leave(lane: FrameQueue): void {
    const { first } = lane;
    if (first !== undefined && !isPacked(first)) this.#pace?.charge(frameCost(first));
    this.#outbox.leave(lane);
  }
}

/** What a frame costs of a rate: one, or one for each KiB, so that one bucket bounds events and bytes. */
export function frameCost(item: Item): number {
  return Math.max(1, sizeOf(item) / 1024);
}
