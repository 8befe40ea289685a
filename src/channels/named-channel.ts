import { parseEnvelope } from '../protocol/control.ts';
import { MAX_CONTROL_CHARS } from '../protocol/limits.ts';
import { isEventName } from '../protocol/parse.ts';
import { isReservedEvent } from '../protocol/reserved.ts';
import { Emitter } from '../shared/emitter.ts';
import { RoomError } from '../shared/errors.ts';
import { encodeEvent } from './control-channel.ts';
import { sizeOf } from './flow-gate.ts';
import type { ListenOptions } from '../shared/emitter.ts';
import type { Channel, ChannelContext, ChannelLifecycle, ChannelOptions } from './channel.ts';
import type { Frame } from './flow-gate.ts';
import type { PeerChannel, PeerChannels } from './peer-channels.ts';

/** What may wait for one of many who has not opened the channel; beyond it they start with what is sent once they have. */
const WAITING_BYTES = 1024 * 1024;

interface Member {
  channel: PeerChannel;
  /** Has not opened it, and more than may wait was sent meanwhile. */
  late: boolean;
}

/** A channel to one participant or to all; whoever comes later is added by whoever owns it. */
export class NamedChannel implements Channel {
  readonly name: string;
  readonly options: ChannelOptions;
  readonly lifecycle = new Emitter<ChannelLifecycle>();
  readonly #heard = new Emitter<Record<string, unknown>, [ChannelContext]>();
  readonly #members = new Map<string, Member>();
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
    return Math.max(0, ...[...this.#members.values()].map(({ channel }) => channel.gate.bufferedBytes));
  }

  /** Opens this end towards one more participant. */
  addPeer(id: string, channels: PeerChannels): void {
    const channel = channels.open(this.name, this.options, {
      onOpen: () => {
        member.late = false;
        this.lifecycle.emit('open', { participant: id });
      },
      onClose: () => { this.lifecycle.emit('close', { participant: id }); },
      onDrain: () => { this.#drained(); },
      onFrame: (data) => { this.#receive(id, data); },
    });
    const member: Member = { channel, late: false };
    this.#members.set(id, member);
  }

  removePeer(id: string): void {
    const wasOpen = this.#members.get(id)?.channel.isOpen;
    this.#members.delete(id);
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
    for (const { channel } of this.#members.values()) channel.close();
    this.#members.clear();
    this.#onClose();
  }

  /** All or none: where one participant's queue is full nobody is sent to, so that a repeated send doubles nothing. */
  #push(frame: Frame): boolean {
    if (this.#closed) throw new RoomError('channel-closed', `"${this.name}" was closed.`);
    if (this.#direct && this.#members.size === 0) throw new RoomError('channel-closed', `The other end of "${this.name}" is not connected.`);
    const bytes = sizeOf(frame);
    for (const { channel: { maxMessageBytes, isOpen, gate } } of this.#members.values()) {
      if (wireSizeOf(frame, maxMessageBytes) > maxMessageBytes) {
        throw new RoomError('message-too-large', `At most ${maxMessageBytes} bytes go into one message.`);
      }
      if ((isOpen || this.#direct) && !gate.accepts(bytes)) {
        throw new RoomError('queue-full', 'A participant is slower than you send: wait for "drain".');
      }
    }
    let more = true;
    for (const member of this.#members.values()) more = this.#pushTo(member, frame, bytes) && more;
    return more;
  }

  #pushTo(member: Member, frame: Frame, bytes: number): boolean {
    const { isOpen, gate } = member.channel;
    if (isOpen || this.#direct) return gate.push(frame);
    if (!member.late && (gate.bufferedBytes + bytes > WAITING_BYTES || !gate.accepts(bytes))) {
      member.late = true;
      gate.discard();
    }
    if (!member.late) gate.push(frame);
    return true; // Who has not opened it holds nobody up.
  }

  #drained(): void {
    const isFlowing = ({ channel: { isOpen, gate } }: Member) =>
      !(isOpen || this.#direct) || gate.bufferedBytes < gate.highWaterBytes;
    if ([...this.#members.values()].every(isFlowing)) this.lifecycle.emit('drain', {});
  }

  #receive(from: string, data: unknown): void {
    if (data instanceof ArrayBuffer) {
      this.lifecycle.emit('data', { data, from });
      return;
    }
    const envelope = parseEnvelope(data);
    if (envelope && !isReservedEvent(envelope.e)) this.#heard.emit(envelope.e, envelope.d[0], { from, args: envelope.d });
  }
}

/** Bytes on the wire; for a text at most that. */
function wireSizeOf(frame: Frame, limit: number): number {
  // UTF-8 takes at most three bytes a code unit: most texts need no counting.
  if (typeof frame !== 'string') return frame.byteLength;
  return frame.length * 3 <= limit ? frame.length * 3 : new TextEncoder().encode(frame).byteLength;
}
