import { parseEnvelope } from '../protocol/control.ts';
import { MAX_CONTROL_CHARS } from '../protocol/limits.ts';
import { isEventName } from '../protocol/primitives.ts';
import { isReservedEvent } from '../protocol/reserved.ts';
import { Emitter } from '../shared/emitter.ts';
import { RoomError } from '../shared/errors.ts';
import { encodeEvent } from './exchange.ts';
import { sizeOf } from './frame-queue.ts';
import type { ListenOptions } from '../shared/emitter.ts';
import type { Channel, ChannelContext, ChannelLifecycle, ChannelOptions } from './channel.ts';
import type { Frame } from './frame-queue.ts';
import type { PeerChannel, PeerChannels } from './peer-channels.ts';

/** What may wait for one of many who has not opened the channel; beyond it they start with what is sent once they have. */
const WAITING_BYTES = 1024 * 1024;

/** What every browser takes in one message at least. */
const USUAL_MESSAGE_BYTES = 65_536;
/** How long one of many may take nothing while its queue is full, before the others go on without it. */
const PATIENCE_MS = 10_000;

interface Receiver {
  channel: PeerChannel;
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
  #closed = false;

  /** @param direct to one participant: what waits for it is never given up, a full queue is an error */
  constructor(name: string, options: ChannelOptions, direct: boolean, onClose: () => void) {
    this.name = name;
    this.options = options;
    this.#direct = direct;
    this.#onClose = onClose;
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
      onFrame: (data) => { this.#receive(id, data, channels.drop); },
    });
    const receiver: Receiver = { channel, late: false, fullSinceMs: undefined };
    this.#receivers.set(id, receiver);
  }

  removePeer(id: string): void {
    const wasOpen = this.#receivers.get(id)?.channel.isOpen;
    this.#receivers.delete(id);
    if (wasOpen) this.lifecycle.emit('close', { participant: id });
    this.#drained();
  }

  send(data: ArrayBuffer | ArrayBufferView): boolean {
    const isBytes = data instanceof ArrayBuffer || ArrayBuffer.isView(data);
    if (!isBytes) throw new TypeError('`send` takes bytes; `emit` takes events.');
    return this.#push(data);
  }

  emit(event: string, ...args: unknown[]): boolean {
    if (!isEventName(event) || isReservedEvent(event)) throw new RoomError('reserved-name', `"${event}" is the library's.`);
    return this.#push(encodeEvent(event, args, MAX_CONTROL_CHARS));
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
    for (const { channel } of this.#receivers.values()) channel.close();
    this.#receivers.clear();
    this.#onClose();
  }

  /** All or none: where one participant's queue is full nobody is sent to, so that a repeated send doubles nothing. */
  #push(frame: Frame): boolean {
    if (this.#closed) throw new RoomError('channel-closed', `"${this.name}" was closed.`);
    if (this.#direct && this.#receivers.size === 0) throw new RoomError('channel-closed', `The other end of "${this.name}" is not connected.`);
    for (const [id, receiver] of this.#receivers) if (!receiver.late) this.#check(id, receiver, frame);
    let more = true;
    for (const receiver of this.#receivers.values()) more = this.#pushTo(receiver, frame) && more;
    return more;
  }

  /** One of many who takes less than anyone, or nothing for long, is passed over. @throws RoomError: nobody is sent to. */
  #check(id: string, receiver: Receiver, frame: Frame): void {
    const { maxMessageBytes, isOpen, gate } = receiver.channel;
    const tooLarge = wireSizeOf(frame, maxMessageBytes) > maxMessageBytes;
    if (tooLarge && (this.#direct || maxMessageBytes >= USUAL_MESSAGE_BYTES)) {
      throw new RoomError('message-too-large', `At most ${maxMessageBytes} bytes go into one message.`);
    }
    const full = (isOpen || this.#direct) && !gate.accepts(sizeOf(frame));
    receiver.fullSinceMs = full ? receiver.fullSinceMs ?? performance.now() : undefined;
    if (full && (this.#direct || performance.now() - (receiver.fullSinceMs ?? 0) < PATIENCE_MS)) {
      throw new RoomError('queue-full', 'A participant is slower than you send: wait for "drain".');
    }
    if (!tooLarge && !full) return;
    this.#passOver(receiver);
    if (isOpen) this.lifecycle.emit('close', { participant: id });
  }

  #pushTo(receiver: Receiver, frame: Frame): boolean {
    const { isOpen, gate } = receiver.channel;
    if (receiver.late) return true;
    if (isOpen || this.#direct) return gate.push(frame);
    const bytes = sizeOf(frame);
    if (gate.bufferedBytes + bytes > WAITING_BYTES || !gate.accepts(bytes)) this.#passOver(receiver);
    else gate.push(frame);
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

  #receive(from: string, data: unknown, drop: (reason: string) => void): void {
    if (data instanceof ArrayBuffer) {
      this.lifecycle.emit('data', { data, from });
      return;
    }
    const envelope = parseEnvelope(data);
    if (!envelope) drop('malformed');
    else if (isReservedEvent(envelope.e)) drop('reserved');
    else this.#heard.emit(envelope.e, envelope.d[0], { from, args: envelope.d });
  }
}

/** Bytes on the wire; for a text at most that. */
function wireSizeOf(frame: Frame, limit: number): number {
  // UTF-8 takes at most three bytes a code unit: most texts need no counting.
  if (typeof frame !== 'string') return frame.byteLength;
  return frame.length * 3 <= limit ? frame.length * 3 : new TextEncoder().encode(frame).byteLength;
}
