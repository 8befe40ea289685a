import { MAX_CONTROL_CHARS } from '../protocol/limits.ts';
import { encodeEnvelope } from '../protocol/control.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import { RoomError } from '../shared/errors.ts';
import { randomId } from '../shared/ids.ts';
import { FlowGate } from './flow-gate.ts';
import { sizeOf } from './frame-queue.ts';
import { Requests } from './requests.ts';
import type { Progress, ReceiveLimits } from '../protocol/control.ts';

/** `queueBytes`: of events that may wait for one participant. */
const GATE = { highWaterBytes: 256 * 1024, lowWaterBytes: 64 * 1024, queueBytes: 1024 * 1024, keptBytes: 1024 * 1024 } as const;
/** The heartbeat acknowledges; this much that was not acknowledged does so sooner. */
const OWED_BYTES = 64 * 1024;
const OWED_FRAMES = 128;

/**
 * What is told to one participant and must arrive (events, requests, replies), over one pc after the other. Between our
 * engines both ends count what comes. A hello says how much that was, and what is missing is sent again: each frame arrives
 * once and in order, or the exchange ends, and who ends it knows how much may not have arrived.
 */
export class Exchange {
  readonly requests: Requests;
  readonly #id = randomId(9);
  readonly #end = new AbortController();
  readonly #gate = new FlowGate(GATE);
  #frameChars = MAX_CONTROL_CHARS;
  /** The far end's, once they have met. */
  #far = '';
  #got = 0;
  #owedBytes = 0;
  #owedFrames = 0;

  constructor() {
    this.requests = new Requests(this.#end.signal);
  }

  /** For this end's hello. */
  get progress(): Progress {
    return { id: this.#id, of: this.#far, got: this.#got };
  }

  /** A frame would leave at once. */
  get isFlowing(): boolean {
    return this.#gate.isFlowing;
  }

  /** @param frame from `encodeEvent`. @throws RoomError `queue-full`, `message-too-large`. */
  push(frame: string): void {
    if (frame.length > this.#frameChars) throw tooLarge(frame.length, this.#frameChars);
    this.#gate.push(frame);
  }

  /** A counted frame has come. */
  count(frame: string): void {
    this.#got++;
    this.#owedFrames++;
    this.#owedBytes += sizeOf(frame);
  }

  /** So much has come that the far end should know. */
  get owes(): boolean {
    return this.#owedFrames >= OWED_FRAMES || this.#owedBytes >= OWED_BYTES;
  }

  /** @returns how many have come: to be said now. */
  acknowledgement(): number {
    this.#owedFrames = this.#owedBytes = 0;
    return this.#got;
  }

  /** @returns false where there were not so many. */
  acknowledged(got: number): boolean {
    return this.#gate.acknowledge(got);
  }

  /**
   * What waits flows from here on, as fast as the far end said it takes it, and what it lacks goes first.
   * @param progress as the far end says; absent: it does not count
   * @returns frames that may not have arrived: the far end has begun anew meanwhile
   */
  attach(dc: RTCDataChannel, scope: AbortSignal, limits?: ReceiveLimits, progress?: Progress): number {
    let lost = 0;
    if (progress && progress.id !== this.#far) {
      lost = this.#gate.restart();
      this.#far = progress.id;
      this.#got = 0;
    }
    if (limits) this.#frameChars = limits.frameChars;
    this.#gate.attach(dc, {
      scope, pace: limits && new TokenBucket({ perSecond: limits.eventsPerSecond, burst: limits.eventsBurst }),
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

/** @throws RoomError `unserializable`, `message-too-large`. */
export function encodeEvent(event: string, args: readonly unknown[], maxChars: number): string {
  const frame = encodeEnvelope(event, args);
  if (frame.length > maxChars) throw tooLarge(frame.length, maxChars);
  return frame;
}

/** For whoever hears of errors that nobody awaits. */
export function undelivered(frames: number, participant: string): RoomError {
  return new RoomError('undelivered', `${frames} messages to ${participant} may not have arrived.`);
}

function tooLarge(chars: number, maxChars: number): RoomError {
  return new RoomError('message-too-large', `${chars} characters; at most ${maxChars} go into one event: use a channel.`);
}
