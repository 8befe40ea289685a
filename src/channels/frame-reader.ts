import { parseEnvelopes } from '../protocol/control.ts';
import { KIND, kindOf } from '../protocol/packed-kind.ts';
import type { Envelope } from '../protocol/control.ts';
import type { Unpacker } from './packing.ts';

type Received = string | ArrayBuffer;
/** An envelope, or bytes of an app; `undefined` for what is neither. */
export type Message = Envelope | ArrayBuffer | undefined;
type OnMessages = (messages: readonly Message[], frame: Received) => void;

/**
 * What comes over one data channel, in order, frame by frame: the messages that each completes. What reads packed frames is
 * loaded with the first of them, and what comes meanwhile waits.
 */
export class FrameReader {
  readonly #maxBytes: number | undefined;
  readonly #onMessages: OnMessages;
  readonly #scope: AbortSignal;
  #waiting: Received[] = [];
  #unpacker: Unpacker | undefined;

  /** @param maxBytes of one packed message; where there are none, every frame is a message */
  constructor(maxBytes: number | undefined, scope: AbortSignal, onMessages: OnMessages) {
    this.#maxBytes = maxBytes;
    this.#scope = scope;
    this.#onMessages = onMessages;
  }

  take(frame: Received): void {
    const isReadable = this.#unpacker !== undefined || this.#kindOf(frame) === undefined;
    if (isReadable && this.#waiting.length === 0) this.#read(frame);
    else if (this.#waiting.push(frame) === 1) void this.#load();
  }

  async #load(): Promise<void> {
    try {
      const { Unpacker } = await import('./packing.ts');
      this.#unpacker = new Unpacker(this.#maxBytes ?? 0);
    } finally {
      // Where it could not be loaded, what is packed is lost, as what is malformed is; the next one tries again.
      for (const frame of this.#waiting.splice(0)) if (!this.#scope.aborted) this.#read(frame);
    }
  }

  #read(frame: Received): void {
    if (typeof frame === 'string') { this.#onMessages(parseEnvelopes(frame), frame); return; }
    const kind = this.#kindOf(frame);
    const message = kind === undefined ? frame : this.#unpacker?.take(frame);
    this.#onMessages(kind === KIND.more ? [] : [message], frame);
  }

  #kindOf(frame: Received): number | undefined {
    return typeof frame === 'string' || this.#maxBytes === undefined ? undefined : kindOf(frame);
  }
}
