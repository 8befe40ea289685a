import { encodeEnvelope, parseCount } from '../protocol/control.ts';
import { RoomError, toRoomError } from '../shared/errors.ts';
import { IncomingStream } from './incoming-stream.ts';
import { OutgoingStream } from './outgoing-stream.ts';
import { STREAM } from './stream-words.ts';
import type { Emitter } from '../shared/emitter.ts';
import type { ChannelLifecycle, SendOptions, StreamOptions } from './channel.ts';
import type { Item } from './frame-queue.ts';

/** What streams need of the channel they run over. */
export interface StreamPort {
  readonly lifecycle: Emitter<ChannelLifecycle>;
  /** Who has it open and knows streams. */
  receivers(): readonly string[];
  /** @returns whether more may come before the channel drains. @throws RoomError */
  push(to: string, item: Item): boolean;
}

/** Of one participant, at a time. */
const MAX_INCOMING = 16;
/** Who opens streams over and over and reads nothing of what is said of them is told no more. */
const MAX_OWED = 1024;

/** The streams of one named channel, as many at a time as one likes, beside its messages. */
export class ChannelStreams {
  readonly #port: StreamPort;
  readonly #outgoing = new Map<number, OutgoingStream>();
  readonly #incoming = new Map<string, Map<number, IncomingStream>>();
  /** They may hold streams of ours that will not go on. */
  readonly #broken = new Set<string>();
  /** What found a full queue, and is said when it has drained: of each word about a stream the last. */
  readonly #owed = new Map<string, () => void>();
  #next = 0;

  constructor(port: StreamPort) {
    this.#port = port;
    const { lifecycle } = port;
    lifecycle.on('drain', () => {
      const owed = [...this.#owed.values()];
      this.#owed.clear();
      for (const tell of owed) tell();
      for (const stream of this.#outgoing.values()) stream.drain();
    });
    lifecycle.on('open', ({ participant }) => { if (this.#broken.delete(participant)) this.#tell(participant, 'reset', 0); });
    lifecycle.on('close', ({ participant }) => { this.#lost(participant); });
  }

  /** @throws RoomError `channel-closed`, `queue-full`. */
  writable({ to, ...options }: StreamOptions & SendOptions): WritableStream<ArrayBuffer | ArrayBufferView> {
    const receivers = this.#port.receivers().filter((id) => to === undefined || id === to);
    if (receivers.length === 0) throw new RoomError('channel-closed', 'Nobody has opened the other end: wait for `open`.');
    const id = ++this.#next;
    const told: string[] = [];
    try {
      for (const one of receivers) {
        this.#port.push(one, encodeEnvelope(STREAM, ['open', id]));
        told.push(one);
      }
    } catch (error) {
      for (const one of told) this.#tell(one, 'abort', id);
      throw error;
    }
    const stream = new OutgoingStream(id, receivers, {
      push: (one, item) => this.#port.push(one, item),
      tell: (one, word, number) => { this.#tell(one, word, number); },
      onOver: () => { this.#outgoing.delete(id); },
    }, options);
    this.#outgoing.set(id, stream);
    return stream.writable;
  }

  /** @returns false for what is no word of streams, or says what cannot be. */
  hear(from: string, [word, id, value]: readonly unknown[]): boolean {
    const number = parseCount(id);
    if (number === undefined) return false;
    const theirs = this.#incoming.get(from);
    const stream = theirs?.get(number);
    switch (word) {
      case 'open': return this.#opened(from, number);
      // Of a stream that was cancelled here something may still be on its way.
      case 'data': return value instanceof Uint8Array && (stream?.take(value) ?? true);
      case 'end': stream?.end(); break;
      case 'abort': stream?.fail(new RoomError('stream-cancelled', 'The sender gave it up.')); break;
      case 'reset': this.#failAll(from); return true;
      case 'read': this.#outgoing.get(number)?.read(from, parseCount(value) ?? 0); return true;
      case 'cancel':
        this.#outgoing.get(number)?.lose(from, new RoomError('stream-cancelled', 'Nobody reads on.'));
        return true;
      default: return false;
    }
    theirs?.delete(number);
    return true;
  }

  /** The channel was closed here. */
  close(): void {
    for (const from of this.#incoming.keys()) this.#failAll(from);
    for (const stream of this.#outgoing.values()) stream.fail(closed());
  }

  #opened(from: string, number: number): boolean {
    let theirs = this.#incoming.get(from);
    if (!theirs) this.#incoming.set(from, (theirs = new Map<number, IncomingStream>()));
    if (theirs.has(number)) return false;
    const cancelled = () => {
      theirs.delete(number);
      this.#tell(from, 'cancel', number);
    };
    if (theirs.size >= MAX_INCOMING) {
      cancelled();
      return false;
    }
    const stream = new IncomingStream({ cancelled, read: (bytes) => { this.#tell(from, 'read', number, bytes); } });
    theirs.set(number, stream);
    if (!this.#port.lifecycle.emit('stream', { readable: stream.readable, from })) cancelled();
    return true;
  }

  #lost(participant: string): void {
    if (this.#outgoing.size > 0) this.#broken.add(participant);
    for (const stream of this.#outgoing.values()) stream.lose(participant, closed());
    this.#failAll(participant);
  }

  #failAll(from: string): void {
    for (const stream of this.#incoming.get(from)?.values() ?? []) stream.fail(closed());
    this.#incoming.delete(from);
  }

  #tell(to: string, ...args: [word: string, stream: number, value?: number]): void {
    try {
      this.#port.push(to, encodeEnvelope(STREAM, args));
    } catch (error) {
      if (toRoomError(error).code === 'queue-full' && this.#owed.size < MAX_OWED) {
        this.#owed.set([to, args[0], args[1]].join(), () => { this.#tell(to, ...args); });
      } else {
        this.#broken.add(to); // They are gone, or read nothing: what they hold of ours ends when they are back.
      }
    }
  }
}

function closed(): RoomError {
  return new RoomError('channel-closed', 'The other end was lost.');
}
