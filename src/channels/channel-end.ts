import { FlowGate } from './flow-gate.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import type { ChannelNotice } from '../protocol/channel-notice.ts';
import type { ChannelOptions } from './channel.ts';
import type { Message } from './frame-reader.ts';
import type { Traffic } from './traffic.ts';

export const DEFAULTS = { highWaterBytes: 256 * 1024, lowWaterBytes: 64 * 1024, queueBytes: 4 * 1024 * 1024 } as const;
/**
 * Beyond the watermark, of what was sent and is not acknowledged: what is under way on a fast and long road. It also bounds
 * what the far end has not read yet, behind which everything else would wait: little, where that matters.
 */
const KEPT_BYTES = { high: 4_194_304, normal: 4_194_304, low: 262_144 } as const;
/** So much that came is acknowledged at once. */
const OWED_BYTES = 128 * 1024;
const OWED_MESSAGES = 4096;

export interface PeerChannelHandlers {
  onOpen(): void;
  onClose(): void;
  onMessage(message: Message): void;
  onDrain(): void;
}

/**
 * This end of a named channel towards one participant: what it has sent and got, over one data channel after the other.
 * Reliable and in order, it counts as an `Exchange` does; what is counted belongs to a pair of wishes, mine and theirs.
 */
export class ChannelEnd {
  readonly name: string;
  readonly options: ChannelOptions;
  readonly gate: FlowGate;
  readonly counts: boolean;
  /** Which wish of mine it is: an answer to an earlier one, closed meanwhile, is not for it. */
  wish: number;
  dc: RTCDataChannel | undefined;
  readonly #handlers: PeerChannelHandlers;
  #ready = false;
  #isOpen = false;
  #far = 0;
  #got = 0;
  #owedMessages = 0;
  #owedBytes = 0;

  constructor(name: string, options: ChannelOptions, handlers: PeerChannelHandlers, wish: number, traffic: Traffic) {
    const { ordered = true, maxRetransmits, maxPacketLifeTime, priority = 'normal', ...bytes } = { ...DEFAULTS, ...options };
    this.name = name;
    this.options = options;
    this.wish = wish;
    this.counts = ordered && maxRetransmits === undefined && maxPacketLifeTime === undefined;
    this.#handlers = handlers;
    const keptBytes = bytes.highWaterBytes + KEPT_BYTES[priority];
    this.gate = new FlowGate({ ...bytes, keptBytes, onDrain: handlers.onDrain, traffic, priority });
  }

  /** Both ends have created it; one that counts stays open while there is no pc. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Their wish that it was created for; 0: none yet. */
  get far(): number {
    return this.#far;
  }

  /** Something came and was not acknowledged. */
  get hasNews(): boolean {
    return this.counts && this.#owedMessages > 0;
  }

  /** So much came that the far end should know. */
  get owes(): boolean {
    return this.counts && (this.#owedMessages >= OWED_MESSAGES || this.#owedBytes >= OWED_BYTES);
  }

  /** What is wanted here, and what has come of it. */
  notice(): ChannelNotice {
    this.#owedMessages = this.#owedBytes = 0;
    const { rate } = this.options;
    return {
      name: this.name, open: true, wish: this.wish, ...(this.counts && { of: this.#far, got: this.#got }), ...(rate && { rate }),
    };
  }

  /** Created, before the first frame of theirs: for the wish as before, or for another, with which counting begins. */
  plug(dc: RTCDataChannel, far: number): void {
    this.dc = dc;
    if (this.#far === far) return;
    this.#forget();
    this.#far = far;
  }

  /** The far end has created it too. @param theirs what it said of its own end */
  ready(scope: AbortSignal, { of, got, rate }: Partial<ChannelNotice>, packedBytes: number | undefined): void {
    if (!this.dc || this.#ready) return;
    const resumed = this.#isOpen;
    this.#ready = this.#isOpen = true;
    const counted = of === this.wish ? got : 0;
    this.gate.attach(this.dc, {
      scope, packedBytes, joins: this.counts && packedBytes !== undefined, pace: rate && new TokenBucket(rate),
      got: this.counts && of !== undefined ? counted : undefined,
    });
    if (!resumed) this.#handlers.onOpen();
  }

  /** @param bytes in which it came. @param isTaken false where it was too much: it is counted and goes no further */
  take(message: Message, bytes: number, isTaken: boolean): void {
    this.#got++;
    this.#owedMessages++;
    this.#owedBytes += bytes;
    if (isTaken) this.#handlers.onMessage(message);
  }

  /** Their wish, said again. @returns false where there were not so many. */
  acknowledged({ wish, of, got = 0 }: ChannelNotice): boolean {
    return !this.#ready || wish !== this.#far || of !== this.wish || this.gate.acknowledge(got);
  }

  /** The data channel is gone. What is counted waits for another. */
  unplug(): void {
    const { dc } = this;
    this.dc = undefined;
    this.#ready = false;
    this.gate.detach();
    dc?.close();
    if (!this.counts) this.#forget();
  }

  /** It is over with their end. */
  drop(): void {
    this.unplug();
    this.#forget();
    this.#far = 0;
  }

  #forget(): void {
    this.#got = 0;
    if (!this.#isOpen) return; // What waits for the first life waits on.
    this.#isOpen = false;
    this.gate.restart();
    this.gate.discard();
    this.#handlers.onClose();
  }
}
