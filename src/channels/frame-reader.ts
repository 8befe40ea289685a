import { parseEnvelopes } from '../protocol/control.ts';
import { KIND, kindOf } from '../protocol/packed-kind.ts';
import { loadAgain } from '../shared/load-again.ts';
import { frameCost } from './flow-gate.ts';
import { sizeOf } from './frame-queue.ts';
import type { Envelope } from '../protocol/control.ts';
import type { Unpacker } from './packing.ts';

type Received = string | ArrayBuffer;
/** An envelope, or bytes of an app; `undefined` for what is neither. */
export type Message = Envelope | ArrayBuffer | undefined;
interface Arrived { readonly frame: Received; readonly texts: readonly Message[] | undefined; readonly isTaken: boolean }

export interface FrameReaderOptions {
  /** Of one packed message; where there are none, every frame is a message. */
  maxBytes: number | undefined;
  /** Of one text. @default as our engines send */
  textChars?: number | undefined;
  /** Something came, at this moment and for so much. @returns false where it is too much: it is counted, and not heard */
  takes(cost: number): boolean;
  onMessages(messages: readonly Message[], frame: Received, isTaken: boolean): void;
  /** Something packed is lost, because what reads it could not be loaded. */
  onUnread(): void;
  scope: AbortSignal;
  load?(): Promise<{ Unpacker: typeof Unpacker }>;
}

/** Those who pace themselves send little more than this before they hear from us. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/**
 * What comes over one data channel, in order, frame by frame: the messages that each completes. What reads packed frames is
 * loaded with the first of them, and what comes meanwhile waits.
 */
export class FrameReader {
  readonly #options: FrameReaderOptions;
  #waiting: Arrived[] = [];
  #waitingBytes = 0;
  #unpacker: Unpacker | undefined;
  /** A part was given up, and so is the rest. */
  #skips = false;

  constructor(options: FrameReaderOptions) {
    this.#options = options;
  }

  take(frame: Received): void {
    const texts = typeof frame === 'string' ? parseEnvelopes(frame, this.#options.textChars) : undefined;
    const isTaken = this.#options.takes(Math.max(texts?.length ?? 0, frameCost(frame)));
    const arrived = { frame, texts, isTaken };
    if (this.#waiting.length === 0 && (this.#unpacker || this.#kindOf(frame) === undefined)) { this.#read(arrived); return; }
    this.#waitingBytes += sizeOf(frame);
    if (this.#waiting.push(arrived) === 1) this.#load();
    if (this.#waitingBytes > MAX_WAITING_BYTES) this.#readAll();
  }

  #load(): void {
    const { load = () => import('./packing.ts'), maxBytes = 0, scope } = this.#options;
    const readAll = () => { this.#readAll(); };
    loadAgain(load, scope).then(({ Unpacker }) => { this.#unpacker ??= new Unpacker(maxBytes); }).then(readAll, readAll);
  }

  #readAll(): void {
    const waited = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    for (const arrived of waited) if (!this.#options.scope.aborted) this.#read(arrived);
  }

  #read({ frame, texts, isTaken }: Arrived): void {
    const { onMessages, onUnread } = this.#options;
    const kind = this.#kindOf(frame);
    if (texts || kind === undefined) {
      onMessages(texts ?? [frame as ArrayBuffer], frame, isTaken);
    } else if (this.#unpacker && !(this.#skips && kind <= KIND.last)) {
      const message = this.#unpacker.take(frame as ArrayBuffer);
      onMessages(kind === KIND.more ? [] : [message], frame, isTaken);
    } else {
      if (kind <= KIND.last) this.#skips = kind === KIND.more;
      if (kind === KIND.more) return;
      onUnread();
      onMessages([undefined], frame, false);
    }
  }

  #kindOf(frame: Received): number | undefined {
    return typeof frame === 'string' || this.#options.maxBytes === undefined ? undefined : kindOf(frame);
  }
}
