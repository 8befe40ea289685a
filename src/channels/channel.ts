/** A named channel as an app holds it: it outlives the data channels that carry it. */
import type { EventRules } from '../protocol/event-rules.ts';
import type { Rate } from '../protocol/token-bucket.ts';
import type { ChannelPriority } from './traffic.ts';
import type { Emitter, ListenOptions } from '../shared/emitter.ts';

export interface ChannelOptions {
  /** @default true */
  ordered?: boolean;
  /** Retransmissions before a message is given up (W3C WebRTC 6.1); neither of the two means reliable. */
  maxRetransmits?: number;
  /** Milliseconds before a message is given up; not together with `maxRetransmits`. */
  maxPacketLifeTime?: number;
  /** Bytes in the browser's buffer above which messages wait in our queue. @default 262144 */
  highWaterBytes?: number;
  /** Bytes in the browser's buffer at which the queue flows again. @default 65536 */
  lowWaterBytes?: number;
  /** Bytes that may wait in our queue, for each participant. @default 4194304 */
  queueBytes?: number;
  /** While a channel to the same participant with a higher one has much to send, this one sends little. @default 'normal' */
  priority?: ChannelPriority;
  /**
   * What this end takes of each participant: one for each message, of a large one as many as it has KiB. The far end is told and
   * paces itself; what is over it is dropped and counted. @default as fast as it comes
   */
  rate?: Rate;
  /** What is expected of events on this channel, by name: see {@link EventRule}. What breaks it is never heard. */
  events?: EventRules;
}

/** Who sent it, known from the transport, and everything it was sent with. */
export interface ChannelContext { readonly from: string; readonly args: readonly unknown[] }

/** What only the library fires. */
export interface ChannelLifecycle {
  /** Both ends have created it: from now on nothing is lost. */
  open: { readonly participant: string };
  close: { readonly participant: string };
  /** Everything that waited has gone to the browser: send on. */
  drain: Record<string, never>;
  /** Bytes, as one `send` gave them. */
  data: { readonly data: ArrayBuffer; readonly from: string };
  /** A stream of bytes that they write. At most 1 MiB waits for its reader, the rest at the sender. Unheard, it is cancelled. */
  stream: { readonly readable: ReadableStream<Uint8Array>; readonly from: string };
}

export interface SendOptions {
  /** Gives it up: the far end's stream fails, and so does this one, with the signal's reason. */
  signal?: AbortSignal;
  /** Bytes that were sent so far. */
  onProgress?: (bytes: number) => void;
}

export interface StreamOptions {
  /** One participant. @default everyone who has the channel open now */
  to?: string;
}

export interface Channel {
  readonly name: string;
  /** Bytes not yet handed to the network, of the slowest participant. */
  readonly bufferedBytes: number;
  readonly lifecycle: Pick<Emitter<ChannelLifecycle>, 'on' | 'once' | 'off'>;
  /**
   * Bytes to everyone on the channel.
   * @returns false above the high watermark: wait for `drain` before sending more.
   * @throws RoomError `queue-full` (nothing was sent to that participant), `message-too-large`, `channel-closed`.
   */
  send(data: ArrayBuffer | ArrayBufferView): boolean;
  /** As a stream ({@link writable}). Resolves when all of it was sent. @throws RoomError as the stream; the signal's reason. */
  send(data: Blob | ReadableStream<Uint8Array>, options?: StreamOptions & SendOptions): Promise<void>;
  /**
   * Begins a stream of bytes; the other end hears of it as `stream`. It takes more as the slowest of its readers does.
   * Only where the channel is ordered and reliable.
   * @throws RoomError `channel-closed` while nobody has it open, `queue-full`; the stream fails so, or with `stream-cancelled`.
   */
  writable(options?: StreamOptions & SendOptions): WritableStream<ArrayBuffer | ArrayBufferView>;
  /** An event to everyone on the channel. As {@link send}, and `unserializable`. */
  emit(event: string, ...args: unknown[]): boolean;
  /** Events of participants on this channel. @returns a function that ends the subscription. */
  on(event: string, listener: (payload: unknown, context: ChannelContext) => void, options?: ListenOptions): () => void;
  once(event: string, listener: (payload: unknown, context: ChannelContext) => void, options?: ListenOptions): () => void;
  close(): void;
}
