import { CONTROL_LABEL, encodeEnvelope, isCounted, parseEnvelope } from '../protocol/control.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import { frameCost } from './flow-gate.ts';
import type { Envelope, Progress, ReceiveLimits } from '../protocol/control.ts';
import type { Exchange } from './exchange.ts';
import type { Frame } from './frame-queue.ts';

export interface ControlChannelOptions {
  onOpen(): void;
  onClose(): void;
  /** Anything came: the far end lives. */
  onHeard(): void;
  onEnvelope(envelope: Envelope): void;
  /** A frame that is no envelope, or one too many. */
  drop(reason: string): void;
  /** What must arrive goes through it, and what comes is counted there. */
  exchange: Exchange;
  /** What this end accepts. */
  receive: ReceiveLimits;
  scope: AbortSignal;
}

const MAX_TOLD_BYTES = 2 * 1024 * 1024;
/** A sender's clock is not ours: what it paces to the stated rate may come in lumps. */
const LENIENCY = 1.5;

/**
 * The ordered, reliable channel that every pair has from the first offer on. It is negotiated, because a first message on
 * an in-band channel can be lost in Chromium.
 */
export class ControlChannel {
  readonly #dc: RTCDataChannel;
  readonly #exchange: Exchange;
  readonly #scope: AbortSignal;

  constructor(pc: RTCPeerConnection, options: ControlChannelOptions) {
    const { onOpen, onClose, onHeard, onEnvelope, drop, exchange, receive, scope } = options;
    this.#exchange = exchange;
    this.#scope = scope;
    const dc = (this.#dc = pc.createDataChannel(CONTROL_LABEL, { negotiated: true, id: 0, ordered: true }));
    const { eventsPerSecond, eventsBurst } = receive;
    const bucket = new TokenBucket({ perSecond: eventsPerSecond * LENIENCY, burst: eventsBurst * LENIENCY });
    dc.addEventListener('open', onOpen, { signal: scope });
    dc.addEventListener('close', onClose, { signal: scope });
    dc.addEventListener('message', ({ data }: MessageEvent<Frame>) => {
      onHeard();
      if (typeof data === 'string' && isCounted(data)) exchange.count(data);
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

  /** From now on what waited flows. @returns frames that may not have arrived (see {@link Exchange.attach}). */
  admit(limits?: ReceiveLimits, progress?: Progress): number {
    return this.#exchange.attach(this.#dc, this.#scope, limits, progress);
  }
}
