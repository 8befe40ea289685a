import { CONTROL_LABEL, encodeEnvelope, isCounted } from '../protocol/control.ts';
import { FrameReader } from './frame-reader.ts';
import { sizeOf } from './frame-queue.ts';
import { Intake } from './intake.ts';
import type { Envelope, Progress, ReceiveLimits } from '../protocol/control.ts';
import type { FrameReaderOptions } from './frame-reader.ts';
import type { Exchange } from './exchange.ts';

export interface ControlChannelOptions {
  onOpen(): void;
  onClose(): void;
  /** Anything came: the far end lives. */
  onHeard(): void;
  onEnvelope(envelope: Envelope): void;
  /** A frame that is no envelope, or one too many. */
  drop(reason: string, cost?: number): void;
  /** What must arrive goes through it, and what comes is counted there. */
  exchange: Exchange;
  /** What this end accepts. */
  receive: Omit<ReceiveLimits, 'frameChars'>;
  scope: AbortSignal;
}

const MAX_TOLD_BYTES = 2 * 1024 * 1024;

/**
 * The ordered, reliable channel that every pair has from the first offer on. It is negotiated, because a first message on
 * an in-band channel can be lost in Chromium.
 */
export class ControlChannel {
  readonly #dc: RTCDataChannel;
  readonly #exchange: Exchange;
  readonly #reading: FrameReaderOptions;
  readonly #scope: AbortSignal;

  constructor(pc: RTCPeerConnection, options: ControlChannelOptions) {
    const { onOpen, onClose, onHeard, onEnvelope, drop, exchange, receive, scope } = options;
    this.#exchange = exchange;
    this.#scope = scope;
    const dc = (this.#dc = pc.createDataChannel(CONTROL_LABEL, { negotiated: true, id: 0, ordered: true }));
    const intake = new Intake({ perSecond: receive.eventsPerSecond, burst: receive.eventsBurst }, scope);
    dc.addEventListener('open', onOpen, { signal: scope });
    dc.addEventListener('close', onClose, { signal: scope });
    const reader = new FrameReader((this.#reading = {
      maxBytes: receive.eventBytes, scope,
      takes: (cost) => {
        const isTaken = intake.takes(cost);
        if (!isTaken) drop('rate', cost);
        return isTaken;
      },
      onUnread: () => { drop('unread'); },
      onMessages: (messages, frame, isTaken) => {
        const isEvent = typeof frame !== 'string' || isCounted(frame);
        if (isEvent) exchange.came(sizeOf(frame));
        for (const message of messages) {
          if (scope.aborted) return; // What was not counted comes again.
          if (isEvent) exchange.count();
          if (!isTaken) continue;
          if (message && 'e' in message) onEnvelope(message); else drop('malformed');
        }
      },
    }));
    dc.binaryType = 'arraybuffer';
    dc.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      onHeard();
      reader.take(data);
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

  /** What the far end may send in one text, in characters; else what our engines do. */
  set textChars(chars: number) {
    this.#reading.textChars = chars;
  }

  /** From now on what waited flows. @returns what may not have arrived (see {@link Exchange.attach}). */
  admit(limits?: ReceiveLimits, progress?: Progress, packs = false): number {
    return this.#exchange.attach(this.#dc, this.#scope, limits, progress, packs);
  }
}
