import { DelayWindow } from './delay-window.ts';
import { FlowGate } from './flow-gate.ts';
import { Owed } from './owed.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import type { ChannelNotice } from '../protocol/channel-notice.ts';
import type { ChannelOptions } from './channel.ts';
import type { Message } from './frame-reader.ts';
import type { Traffic } from './traffic.ts';

export const DEFAULTS = { highWaterBytes: 256 * 1024, lowWaterBytes: 64 * 1024, queueBytes: 4 * 1024 * 1024 } as const;
/** Beyond the watermark, of what was sent and is not acknowledged: what is under way on a fast and long road. */
const KEPT_BYTES = 4 * 1024 * 1024;

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
  readonly #owed: Owed;
  /** Of a channel of low priority, behind which nothing else shall wait, once the other end has created it. */
  #window: DelayWindow | undefined;
  #ready = false;
  #isOpen = false;
  #far = 0;
  #got = 0;

  constructor(name: string, options: ChannelOptions, handlers: PeerChannelHandlers, wish: number, traffic: Traffic) {
    const { ordered = true, maxRetransmits, maxPacketLifeTime, priority = 'normal', ...bytes } = { ...DEFAULTS, ...options };
    this.name = name;
    this.options = options;
    this.wish = wish;
    this.counts = ordered && maxRetransmits === undefined && maxPacketLifeTime === undefined;
    this.#handlers = handlers;
    this.#owed = new Owed(priority === 'low');
    const keptBytes = () => this.#window?.bytes ?? bytes.highWaterBytes + KEPT_BYTES;
    this.gate = new FlowGate({
      ...bytes, get keptBytes() { return keptBytes(); }, onDrain: handlers.onDrain, priority,
      traffic: {
        add: (gate) => { traffic.add(gate, priority); },
        changed: () => { traffic.changed(); },
        sent: (gate, sent) => { traffic.sent(gate, sent); },
        wakeBytes: (gate, waits) => traffic.wakeBytes(gate, waits),
        limit: (gate) => {
          this.#window?.leaves(this.gate.kept.size); // Asked before each that leaves.
          return traffic.limit(gate);
        },
      },
    });
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
    return this.counts && this.#owed.isSome;
  }

  /** So much came that the far end should know. */
  get owes(): boolean {
    return this.counts && this.#owed.isMuch;
  }

  /** What is wanted here, and what has come of it. */
  notice(): ChannelNotice {
    this.#owed.clear();
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
    if (this.options.priority === 'low') this.#window = new DelayWindow(counted ?? 0);
    this.gate.attach(this.dc, {
      scope, packedBytes, joins: this.counts && packedBytes !== undefined, pace: rate && new TokenBucket(rate),
      got: this.counts && of !== undefined ? counted : undefined,
    });
    if (!resumed) this.#handlers.onOpen();
  }

  /** So many bytes have come, of a message or of several. */
  came(bytes: number): void {
    this.#owed.add(0, bytes);
  }

  /** @param isTaken false where it was too much: it is counted and goes no further */
  take(message: Message, isTaken: boolean): void {
    this.#got++;
    this.#owed.add(1, 0);
    if (isTaken) this.#handlers.onMessage(message);
  }

  /** Their wish, said again. @returns false where there were not so many. */
  acknowledged({ wish, of, got = 0 }: ChannelNotice): boolean {
    if (!this.#ready || wish !== this.#far || of !== this.wish) return true;
    const { kept } = this.gate;
    const before = kept.bytes;
    if (!this.gate.acknowledge(got)) return false;
    this.#window?.acknowledged(got, before - kept.bytes, before);
    this.gate.flush();
    return true;
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
