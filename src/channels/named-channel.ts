import { kindOf } from '../protocol/packed-kind.ts';
import { ownCopies } from '../protocol/own-copies.ts';
import { isEventName } from '../protocol/primitives.ts';
import { isReservedEvent } from '../protocol/reserved.ts';
import { Screening } from '../protocol/screening.ts';
import { Emitter } from '../shared/emitter.ts';
import { RoomError } from '../shared/errors.ts';
import { ChannelStreams } from './channel-streams.ts';
import { encodeEvent } from './encode.ts';
import { Later, isPacked, sizeOf } from './frame-queue.ts';
import { packBytes } from './packing.ts';
import { STREAM } from './stream-words.ts';
import type { Envelope } from '../protocol/control.ts';
import type { ListenOptions } from '../shared/emitter.ts';
import type { Channel, ChannelContext, ChannelLifecycle, ChannelOptions, SendOptions, StreamOptions } from './channel.ts';
import type { Frame, Item, Packed } from './frame-queue.ts';
import type { Message } from './frame-reader.ts';
import type { PeerChannel, PeerChannels } from './peer-channels.ts';

/** What may wait for one of many who has not opened the channel; beyond it they start with what is sent once they have. */
const WAITING_BYTES = 1024 * 1024;

/** What every browser takes in one message at least. */
const USUAL_MESSAGE_BYTES = 65_536;
/** How long one of many may take nothing while its queue is full, before the others go on without it. */
const PATIENCE_MS = 10_000;

interface Receiver {
  channel: PeerChannel;
  readonly drop: (reason: string) => void;
  /** Gets nothing at the moment: has not opened it while more than may wait was sent, or holds everyone else up. */
  late: boolean;
  fullSinceMs: number | undefined;
}

/** A channel to one participant or to all; whoever comes later is added by whoever owns it. */
export class NamedChannel implements Channel {
  readonly name: string;
  readonly options: ChannelOptions;
  readonly lifecycle = new Emitter<ChannelLifecycle>();
  readonly #heard = new Emitter<Record<string, unknown>, [ChannelContext]>();
  readonly #receivers = new Map<string, Receiver>();
  readonly #direct: boolean;
  readonly #onClose: () => void;
  readonly #onError: (error: unknown) => void;
  readonly #screening: Screening | undefined;
  readonly #streams = new ChannelStreams({
    lifecycle: this.lifecycle,
    receivers: () => [...this.#receivers].filter(([, { channel, late }]) => channel.takesStreams && !late).map(([id]) => id),
    push: (to, item) => {
      const receiver = this.#receivers.get(to);
      if (!receiver || receiver.late) throw new RoomError('channel-closed', `${to} is not connected.`);
      return receiver.channel.gate.push(item);
    },
  });
  #closed = false;

  /**
   * @param direct to one participant: what waits for it is never given up, a full queue is an error
   * @param onError an event that was taken is left out, because it could not be read
   */
  constructor(name: string, options: ChannelOptions, direct: boolean, onClose: () => void, onError: (error: unknown) => void) {
    this.name = name;
    this.options = options;
    this.#direct = direct;
    this.#onClose = onClose;
    this.#onError = onError;
    const drop = (from: string, reason: string) => { this.#receivers.get(from)?.drop(reason); };
    if (options.events) this.#screening = new Screening(options.events, drop);
  }

  get bufferedBytes(): number {
    return Math.max(0, ...[...this.#receivers.values()].map(({ channel }) => channel.gate.bufferedBytes));
  }

  /** Opens this end towards one more participant. */
  addPeer(id: string, channels: PeerChannels): void {
    const channel = channels.open(this.name, this.options, {
      onOpen: () => {
        receiver.late = false;
        this.lifecycle.emit('open', { participant: id });
      },
      onClose: () => { this.lifecycle.emit('close', { participant: id }); },
      onDrain: () => {
        if (receiver.late) this.lifecycle.emit('open', { participant: id });
        receiver.late = false;
        this.#drained();
      },
      onMessage: (message) => { this.#receive(id, message, channels.drop); },
    });
    const receiver: Receiver = { channel, drop: channels.drop, late: false, fullSinceMs: undefined };
    this.#receivers.set(id, receiver);
  }

  removePeer(id: string): void {
    const wasOpen = this.#receivers.get(id)?.channel.isOpen;
    this.#receivers.delete(id);
    this.#screening?.forget(id);
    if (wasOpen) this.lifecycle.emit('close', { participant: id });
    this.#drained();
  }

  send(data: ArrayBuffer | ArrayBufferView): boolean;
  send(data: Blob | ReadableStream<Uint8Array>, options?: StreamOptions & SendOptions): Promise<void>;
  send(
    data: ArrayBuffer | ArrayBufferView | Blob | ReadableStream<Uint8Array>, options?: StreamOptions & SendOptions,
  ): boolean | Promise<void> {
    if (data instanceof Blob || data instanceof ReadableStream) return this.#stream(data, options);
    const isBytes = data instanceof ArrayBuffer || ArrayBuffer.isView(data);
    if (!isBytes) throw new TypeError('`send` takes bytes; `emit` takes events.');
    return this.#push(data, data.byteLength > USUAL_MESSAGE_BYTES || kindOf(data) !== undefined ? packBytes(data) : undefined);
  }

  writable(options: StreamOptions & SendOptions = {}): WritableStream<ArrayBuffer | ArrayBufferView> {
    return this.#streams.writable(options);
  }

  emit(event: string, ...args: unknown[]): boolean {
    if (!isEventName(event) || isReservedEvent(event)) throw new RoomError('reserved-name', `"${event}" is the library's.`);
    const item = encodeEvent(event, args, Infinity);
    if (item instanceof Later) item.ready.catch(this.#onError);
    return this.#push(item);
  }

  on(event: string, listener: (payload: unknown, context: ChannelContext) => void, options?: ListenOptions): () => void {
    return this.#heard.on(event, listener, options);
  }

  once(event: string, listener: (payload: unknown, context: ChannelContext) => void, options?: ListenOptions): () => void {
    return this.#heard.once(event, listener, options);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#streams.close();
    for (const { channel } of this.#receivers.values()) channel.close();
    this.#receivers.clear();
    this.#onClose();
  }

  async #stream(data: Blob | ReadableStream<Uint8Array>, options: StreamOptions & SendOptions = {}): Promise<void> {
    await (data instanceof Blob ? data.stream() : data).pipeTo(this.writable(options));
  }

  /** All or none: where one participant's queue is full nobody is sent to, so that a repeated send doubles nothing. */
  #push(item: Item, packed?: Packed): boolean {
    if (this.#closed) throw new RoomError('channel-closed', `"${this.name}" was closed.`);
    if (this.#direct && this.#receivers.size === 0) throw new RoomError('channel-closed', `The other end of "${this.name}" is not connected.`);
    const takers: Receiver[] = [];
    for (const [id, receiver] of this.#receivers) {
      if (this.#mayTake(id, receiver, forThem(receiver, item, packed))) takers.push(receiver);
    }
    let more = true;
    for (const receiver of takers) more = this.#pushTo(receiver, forThem(receiver, item, packed)) && more;
    return more;
  }

  /**
   * One of many who takes nothing for long is passed over until it does, one who takes nothing so large this once.
   * @throws RoomError: nobody is sent to.
   */
  #mayTake(id: string, receiver: Receiver, item: Item): boolean {
    if (receiver.late) return false;
    const { maxMessageBytes, packedBytes, isOpen, gate } = receiver.channel;
    const limit = isPacked(item) ? packedBytes ?? 0 : mayPass(item, packedBytes) ? maxMessageBytes : 0;
    const tooLarge = wireSizeOf(item, limit) > limit;
    if (tooLarge && (this.#direct || (isPacked(item) ? packedBytes !== undefined : maxMessageBytes >= USUAL_MESSAGE_BYTES))) {
      throw new RoomError('message-too-large', `At most ${packedBytes ?? maxMessageBytes} bytes go into one message.`);
    }
    const full = (isOpen || this.#direct) && !gate.accepts(item);
    receiver.fullSinceMs = full ? receiver.fullSinceMs ?? performance.now() : undefined;
    if (full && (this.#direct || performance.now() - (receiver.fullSinceMs ?? 0) < PATIENCE_MS)) {
      throw new RoomError('queue-full', 'A participant is slower than you send: wait for "drain".');
    }
    if (!tooLarge && !full) return true;
    const once = isOpen && !full;
    if (!once) this.#passOver(receiver);
    if (isOpen) this.lifecycle.emit('close', { participant: id });
    if (once) this.lifecycle.emit('open', { participant: id });
    return false;
  }

  #pushTo(receiver: Receiver, item: Item): boolean {
    const { isOpen, gate } = receiver.channel;
    if (isOpen || this.#direct) return gate.push(item);
    if (gate.bufferedBytes + sizeOf(item) > WAITING_BYTES || !gate.accepts(item)) this.#passOver(receiver);
    else gate.push(item);
    return true; // Who has not opened it holds nobody up.
  }

  #passOver(receiver: Receiver): void {
    receiver.late = true;
    receiver.channel.gate.discard();
  }

  #drained(): void {
    const isFlowing = ({ channel: { isOpen, gate }, late }: Receiver) =>
      late || !(isOpen || this.#direct) || gate.bufferedBytes < gate.highWaterBytes;
    if ([...this.#receivers.values()].every(isFlowing)) this.lifecycle.emit('drain', {});
  }

  #receive(from: string, message: Message, drop: (reason: string) => void): void {
    if (!message) drop('malformed');
    else if (message instanceof ArrayBuffer) this.#tellBytes(from, message);
    else if (message.e === STREAM) { if (!this.#streams.hear(from, message.d)) drop('stream'); }
    else if (isReservedEvent(message.e)) drop('reserved');
    else this.#tell(from, message);
  }

  #tellBytes(from: string, data: ArrayBuffer): void {
    this.lifecycle.emitEach('data', (listeners) => [{ data: listeners > 1 ? data.slice() : data, from }]);
  }

  #tell(from: string, { e, d }: Envelope): void {
    const tell = (args: readonly unknown[]) => { this.#heard.emitEach(e, ownCopies(from, args)); };
    if (this.#screening) this.#screening.hear(from, e, d, tell); else tell(d);
  }
}

/** Packed where they read what is. */
function forThem({ channel: { packedBytes = -1 } }: Receiver, item: Item, packed: Packed | undefined): Item {
  return packed && packed.byteLength <= packedBytes ? packed : item;
}

/** What begins as a packed frame does must not go as it is to who would take it for one. */
function mayPass(frame: Frame, packedBytes: number | undefined): boolean {
  return typeof frame === 'string' || packedBytes === undefined || kindOf(frame) === undefined;
}

/** Bytes on the wire; for a text at most that. */
function wireSizeOf(frame: Item, limit: number): number {
  // UTF-8 takes at most three bytes a code unit: most texts need no counting.
  if (typeof frame !== 'string') return frame.byteLength;
  return frame.length * 3 <= limit ? frame.length * 3 : new TextEncoder().encode(frame).byteLength;
}
