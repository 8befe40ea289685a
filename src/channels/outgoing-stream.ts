import type { RoomError } from '../shared/errors.ts';
import { onEnd } from '../shared/scope.ts';
import { STREAM_PART_BYTES, STREAM_WINDOW_BYTES, packPart } from './stream-words.ts';
import type { Item } from './frame-queue.ts';
import type { SendOptions } from './channel.ts';

/** What a stream that is written needs of its channel. */
export interface OutgoingPort {
  /** @returns whether more may come before the channel drains. @throws RoomError */
  push(to: string, item: Item): boolean;
  tell(to: string, word: 'end' | 'abort', stream: number): void;
  /** It is over. */
  onOver(): void;
}

/** One stream of bytes to those who had the channel open when it began: as fast as the slowest of them reads. */
export class OutgoingStream {
  readonly writable: WritableStream<ArrayBuffer | ArrayBufferView>;
  readonly #id: number;
  readonly #port: OutgoingPort;
  /** Bytes that each has room for, counted from the beginning. */
  readonly #room: Map<string, number>;
  readonly #over = new AbortController();
  readonly #onProgress: SendOptions['onProgress'];
  #controller!: WritableStreamDefaultController;
  #sent = 0;
  #drained = true;
  #wake = (): void => undefined;

  constructor(id: number, to: readonly string[], port: OutgoingPort, { signal, onProgress }: SendOptions) {
    this.#id = id;
    this.#port = port;
    this.#onProgress = onProgress;
    this.#room = new Map(to.map((one) => [one, STREAM_WINDOW_BYTES]));
    this.writable = new WritableStream<ArrayBuffer | ArrayBufferView>({
      start: (controller) => { this.#controller = controller; },
      write: async (chunk) => {
        try {
          await this.#write(bytesOf(chunk));
        } catch (error) {
          this.fail(error);
          throw error;
        }
      },
      close: () => { this.#end('end'); },
      abort: () => { this.#end('abort'); },
    });
    if (signal) onEnd(signal, () => { this.fail(signal.reason); }, this.#over.signal);
  }

  /** They have read so many bytes. */
  read(from: string, bytes: number): void {
    const room = this.#room.get(from);
    if (room === undefined || bytes > this.#sent) return;
    this.#room.set(from, Math.max(room, bytes + STREAM_WINDOW_BYTES));
    this.#wake();
  }

  /** They read no further, or are gone. The others do. */
  lose(from: string, error: RoomError): void {
    if (!this.#room.delete(from)) return;
    if (this.#room.size === 0) this.fail(error); else this.#wake();
  }

  drain(): void {
    this.#drained = true;
    this.#wake();
  }

  fail(reason: unknown): void {
    if (this.#over.signal.aborted) return;
    this.#controller.error(reason);
    this.#end('abort');
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.byteLength; at += STREAM_PART_BYTES) {
      const part = bytes.subarray(at, at + STREAM_PART_BYTES);
      while (!this.#mayGo(part.byteLength)) {
        await new Promise<void>((resolve) => { this.#wake = resolve; });
      }
      if (this.#over.signal.aborted) return;
      const packed = packPart(this.#id, part);
      for (const to of this.#room.keys()) this.#drained = this.#port.push(to, packed) && this.#drained;
      this.#sent += part.byteLength;
      this.#onProgress?.(this.#sent);
    }
  }

  #mayGo(bytes: number): boolean {
    return this.#over.signal.aborted
      || (this.#drained && [...this.#room.values()].every((room) => this.#sent + bytes <= room));
  }

  #end(word: 'end' | 'abort'): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    for (const to of this.#room.keys()) this.#port.tell(to, word, this.#id);
    this.#port.onOver();
    this.#wake();
  }
}

/** @throws TypeError */
function bytesOf(chunk: unknown): Uint8Array {
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
  if (!ArrayBuffer.isView(chunk)) throw new TypeError('A channel\'s stream takes bytes.');
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
