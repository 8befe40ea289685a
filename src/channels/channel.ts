/** A named channel as an app holds it: it outlives the data channels that carry it. */
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
  /** An event to everyone on the channel. As {@link send}, and `unserializable`. */
  emit(event: string, ...args: unknown[]): boolean;
  /** Events of participants on this channel. @returns a function that ends the subscription. */
  on(event: string, listener: (payload: unknown, context: ChannelContext) => void, options?: ListenOptions): () => void;
  once(event: string, listener: (payload: unknown, context: ChannelContext) => void, options?: ListenOptions): () => void;
  close(): void;
}
