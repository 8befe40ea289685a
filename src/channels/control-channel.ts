import { CONTROL_LABEL, encodeEnvelope, parseEnvelope } from '../protocol/control.ts';
import { RoomError } from '../shared/errors.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import { FlowGate, frameCost } from './flow-gate.ts';
import type { Frame } from './flow-gate.ts';
import type { Envelope, ReceiveLimits } from '../protocol/control.ts';

export interface ControlChannelOptions {
  onOpen(): void;
  onClose(): void;
  /** Anything came: the far end lives. */
  onHeard(): void;
  onEnvelope(envelope: Envelope): void;
  /** A frame that is no envelope, or one too many. */
  drop(reason: string): void;
  /** What this end accepts. */
  receive: ReceiveLimits;
  scope: AbortSignal;
}

/** `queueBytes`: of events that may wait for one participant. */
const GATE = { highWaterBytes: 256 * 1024, lowWaterBytes: 64 * 1024, queueBytes: 1024 * 1024 } as const;
const MAX_TOLD_BYTES = 2 * 1024 * 1024;
/** A sender's clock is not ours: what it paces to the stated rate may come in lumps. */
const LENIENCY = 1.5;

/**
 * The ordered, reliable channel that every pair has from the first offer on. It is negotiated, because a first message on
 * an in-band channel can be lost in Chromium.
 */
export class ControlChannel {
  readonly #dc: RTCDataChannel;
  readonly #gate: FlowGate;
  #frameChars = 0;

  constructor(pc: RTCPeerConnection, { onOpen, onClose, onHeard, onEnvelope, drop, receive, scope }: ControlChannelOptions) {
    const dc = (this.#dc = pc.createDataChannel(CONTROL_LABEL, { negotiated: true, id: 0, ordered: true }));
    this.#gate = new FlowGate({ ...GATE, scope });
    const { eventsPerSecond, eventsBurst } = receive;
    const bucket = new TokenBucket({ perSecond: eventsPerSecond * LENIENCY, burst: eventsBurst * LENIENCY });
    dc.addEventListener('open', onOpen, { signal: scope });
    dc.addEventListener('close', onClose, { signal: scope });
    dc.addEventListener('message', ({ data }: MessageEvent<Frame>) => {
      onHeard();
      if (bucket.waitMs() > 0) { drop('rate'); return; }
      bucket.charge(frameCost(data));
      const envelope = parseEnvelope(data);
      if (envelope) onEnvelope(envelope); else drop('malformed');
    }, { signal: scope });
  }

  /**
   * The engine's own word, past the queue. Lost when the channel is not open (whatever must arrive is said when it opens), and
   * when the far end reads nothing of all that was told.
   */
  tell(event: string, ...args: unknown[]): void {
    const { readyState, bufferedAmount } = this.#dc;
    if (readyState === 'open' && bufferedAmount < MAX_TOLD_BYTES) this.#dc.send(encodeEnvelope(event, args));
  }

  /** From now on what waited flows, as fast as the far end said it takes it. */
  admit(limits?: ReceiveLimits): void {
    this.#frameChars = limits?.frameChars ?? 0;
    this.#gate.attach(this.#dc, limits && new TokenBucket({ perSecond: limits.eventsPerSecond, burst: limits.eventsBurst }));
  }

  /** @throws RoomError `queue-full`, `message-too-large`. @param frame from `encodeEnvelope` */
  push(frame: string): void {
    if (this.#frameChars && frame.length > this.#frameChars) throw tooLarge(frame.length, this.#frameChars);
    this.#gate.push(frame);
  }
}

/** @throws RoomError `unserializable`, `message-too-large`. */
export function encodeEvent(event: string, args: readonly unknown[], maxChars: number): string {
  const frame = encodeEnvelope(event, args);
  if (frame.length > maxChars) throw tooLarge(frame.length, maxChars);
  return frame;
}

function tooLarge(chars: number, maxChars: number): RoomError {
  return new RoomError('message-too-large', `${chars} characters; at most ${maxChars} go into one event: use a channel.`);
}
