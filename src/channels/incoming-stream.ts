import { RoomError } from '../shared/errors.ts';
import { STREAM_WINDOW_BYTES } from './stream-words.ts';

/** Read this much before the sender is told: often enough that it never waits for our word. */
const TELL_BYTES = STREAM_WINDOW_BYTES / 4;

/** What a stream that is read tells. */
export interface IncomingPort {
  /** So many bytes were read. */
  read(bytes: number): void;
  /** Nobody reads on. */
  cancelled(): void;
}

/** One stream of a participant: at most a window of it waits here for its reader. */
export class IncomingStream {
  readonly readable: ReadableStream<Uint8Array>;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  readonly #port: IncomingPort;
  #came = 0;
  #told = 0;

  constructor(port: IncomingPort) {
    this.#port = port;
    this.readable = new ReadableStream<Uint8Array>({
      start: (controller) => { this.#controller = controller; },
      pull: () => { this.#tell(); },
      cancel: () => { port.cancelled(); },
    }, new ByteLengthQueuingStrategy({ highWaterMark: STREAM_WINDOW_BYTES }));
  }

  /** @returns false for more than it was given room for */
  take(bytes: Uint8Array): boolean {
    if ((this.#controller.desiredSize ?? 0) < bytes.byteLength) {
      this.fail(new RoomError('queue-full', 'The sender does not wait until what it sent is read.'));
      this.#port.cancelled();
      return false;
    }
    this.#came += bytes.byteLength;
    this.#controller.enqueue(bytes);
    return true;
  }

  end(): void {
    this.#controller.close();
  }

  fail(error: RoomError): void {
    this.#controller.error(error);
  }

  #tell(): void {
    const read = this.#came - (STREAM_WINDOW_BYTES - (this.#controller.desiredSize ?? 0));
    if (read - this.#told < TELL_BYTES) return;
    this.#told = read;
    this.#port.read(read);
  }
}
