import { KEPT_BYTES, MAX_CONTROL_CHARS } from '../protocol/limits.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import { RoomError } from '../shared/errors.ts';
import { randomId } from '../shared/ids.ts';
import { FlowGate } from './flow-gate.ts';
import { encodeEvent, tooLarge } from './encode.ts';
import { Later } from './frame-queue.ts';
import { Owed } from './owed.ts';
import { Requests } from './requests.ts';
import type { Progress, ReceiveLimits } from '../protocol/control.ts';
import type { Item } from './frame-queue.ts';

const WATER = { highWaterBytes: 256 * 1024, lowWaterBytes: 64 * 1024 } as const;
/** The heartbeat acknowledges; this much that was not acknowledged does so sooner. */
const OWED = { messages: 128, bytes: 64 * 1024 } as const;

/**
 * What is told to one participant and must arrive (events, requests, replies), over one pc after the other. Between our
 * engines both ends count what comes. A hello says how much that was, and what is missing is sent again: each frame arrives
 * once and in order, or the exchange ends, and who ends it knows how much may not have arrived.
 */
export class Exchange {
  readonly requests: Requests;
  readonly #id = randomId(9);
  readonly #end = new AbortController();
  readonly #gate: FlowGate;
  readonly #owed = new Owed(false, OWED);
  #frameChars = MAX_CONTROL_CHARS;
  /** Until they have said: whatever we would take ourselves. */
  #eventBytes: number;
  /** The far end's, once they have met. */
  #far = '';
  #got = 0;

  /** @param packs whether they read what is packed, as far as one knows before they have met */
  constructor(packs = true, keptBytes = KEPT_BYTES) {
    this.#eventBytes = packs ? Infinity : 0;
    this.requests = new Requests(this.#end.signal);
    this.#gate = new FlowGate({ ...WATER, queueBytes: keptBytes, keptBytes });
  }

  /** For this end's hello. */
  get progress(): Progress {
    return { id: this.#id, of: this.#far, got: this.#got };
  }

  /** What is pushed would leave at once. */
  get isFlowing(): boolean {
    return this.#gate.isFlowing;
  }

  /**
   * @param item from `encodeEvent`
   * @param urgent a text that goes before others
   * @throws RoomError `queue-full`, `message-too-large`, `unserializable`.
   */
  push(item: Item, urgent = false): void {
    const [bytes, most] = typeof item === 'string' ? [item.length, this.#frameChars] : [item.byteLength, this.#eventBytes];
    if (most === 0) throw new RoomError('unserializable', 'They take no binary values, and no more than 64 Ki characters.');
    if (bytes > most) throw tooLarge(bytes, most);
    this.#gate.push(item, urgent);
  }

  /**
   * An event. @returns rejects where a blob could not be read: then it is left out
   * @throws RoomError `unserializable`, `queue-full`, `message-too-large`.
   */
  say(event: string, args: readonly unknown[], maxBytes: number): Promise<unknown> | undefined {
    const item = encodeEvent(event, args, maxBytes);
    this.push(item);
    return item instanceof Later ? item.ready : undefined;
  }

  /** So many bytes have come, of something that is counted or of several. */
  came(bytes: number): void {
    this.#owed.add(0, bytes);
  }

  /** Something that is counted is here as a whole. */
  count(): void {
    this.#got++;
    this.#owed.add(1, 0);
  }

  /** So much has come that the far end should know. */
  get owes(): boolean {
    return this.#owed.isMuch;
  }

  /** @returns how many have come: to be said now. */
  acknowledgement(): number {
    this.#owed.clear();
    return this.#got;
  }

  /** @returns false where there were not so many. */
  acknowledged(got: number): boolean {
    const isRight = this.#gate.acknowledge(got);
    this.#gate.flush();
    return isRight;
  }

  /**
   * What waits flows from here on, as fast as the far end said it takes it, and what it lacks goes first.
   * @param progress as the far end says; absent: it does not count
   * @param packs whether it reads what is joined or packed
   * @returns what may not have arrived: the far end has begun anew meanwhile, or does not take it
   */
  attach(dc: RTCDataChannel, scope: AbortSignal, limits?: ReceiveLimits, progress?: Progress, packs = false): number {
    let lost = 0;
    if (progress && progress.id !== this.#far) {
      lost = this.#gate.restart();
      this.#far = progress.id;
      this.#got = 0;
    }
    if (limits) this.#frameChars = limits.frameChars;
    const packedBytes = packs ? limits?.eventBytes : undefined;
    this.#eventBytes = packedBytes ?? 0;
    lost += this.#gate.attach(dc, {
      scope, packedBytes, joins: packs,
      pace: limits && new TokenBucket({ perSecond: limits.eventsPerSecond, burst: limits.eventsBurst }),
      got: progress && (progress.of === this.#id ? progress.got : 0),
    });
    return lost;
  }

  /** @returns frames that may not have arrived; of someone who was never met none is owed. */
  end(): number {
    this.#end.abort();
    return this.#far === '' ? 0 : this.#gate.undelivered;
  }
}

/** For whoever hears of errors that nobody awaits. */
export function undelivered(frames: number, participant: string): RoomError {
  return new RoomError('undelivered', `${frames} messages to ${participant} may not have arrived.`);
}
