import { RoomError } from '../shared/errors.ts';
import { blockBytes, blockCount, hashOf, mustBeSecure, rootOf } from './blocks.ts';
import { openSink } from './sink.ts';
import { Transfer } from './transfer.ts';
import { HASHES_A_WORD, isHash } from './words.ts';
import type { Sink, Target } from './sink.ts';
import type { TransferHost } from './transfer.ts';
import type { Offer, Part } from './words.ts';

/** Blocks that were asked for and not written yet: what a slow disk holds up, and what is on its way on a long road. */
const WINDOW_BLOCKS = 8;
/** What may wait behind a slow disk. More was not needed: what is not compared now is so by the root. */
const MAX_TASKS = 64;
/** How often one block may come wrong. */
const MAX_WRONG = 3;

export interface AcceptOptions {
  /** Where it goes; in memory if nothing is given. */
  to?: Target;
  /** Cancels it. */
  signal?: AbortSignal;
}

export interface ReceiveHost extends TransferHost {
  /** Takes so many bytes of what may be kept in memory; a negative number gives them back. @returns false where it is too much */
  reserve(bytes: number): boolean;
}

/** A file that a participant offers: nothing of it flows before `accept`. */
export class IncomingFile extends Transfer<Blob | undefined> {
  protected readonly holdWord = 'pause';
  protected readonly endWord = 'refuse';
  readonly #host: ReceiveHost;
  #accepting = false;
  #inMemory = false;
  #sink: Sink | undefined;
  /** Of what was written. */
  readonly #hashes: (string | undefined)[] = [];
  #written = 0;
  #next = 0;
  /** To be asked for before what comes next. */
  #again: number[] = [];
  readonly #asked = new Set<number>();
  /** Came whole, and is not written yet. */
  #inHand = 0;
  readonly #wrong = new Map<number, number>();
  #current: { index: number; bytes: Uint8Array<ArrayBuffer>; fill: number } | undefined;
  #root: string | undefined;
  #work = Promise.resolve();
  #tasks = 0;

  constructor(host: ReceiveHost, participant: string, offer: Offer) {
    super(host, { direction: 'receive', participant }, offer);
    this.#host = host;
  }

  /**
   * Takes it.
   * @returns the whole file, of type `application/octet-stream` whatever the sender claims; `undefined` where it went into `to`.
   * @throws RoomError `insecure-context`; `file-too-large` for memory and `file-unwritable`, after which it may be accepted in
   *   another way; else as {@link done}.
   */
  accept(options: AcceptOptions = {}): Promise<Blob | undefined> {
    const accepting = this.#accept(options);
    accepting.catch(() => undefined); // As with `done`: nobody has to await it.
    return accepting;
  }

  /** @param reason up to 200 characters, for a person */
  reject(reason = '', code: 'file-refused' | 'file-too-large' = 'file-refused'): void {
    if (!this.isOver) this.give(code, reason);
  }

  /** Whether at this moment it may be accepted without `to`: what is kept in memory has a limit. */
  get fitsInMemory(): boolean {
    const { size } = this.snapshot;
    return this.#inMemory || (this.#host.reserve(size) && this.#host.reserve(-size));
  }

  /** @internal @returns false for what was not asked for */
  take({ index, offset, bytes }: Part): boolean {
    const size = blockBytes(this.snapshot.size, index);
    if (!this.#asked.has(index)) return false;
    if (offset === 0) {
      this.#forgetCurrent();
      this.#current = { index, bytes: new Uint8Array(size), fill: 0 };
    }
    const current = this.#current;
    if (current?.index !== index || current.fill !== offset || offset + bytes.length > size) return false;
    current.bytes.set(bytes, offset);
    current.fill += bytes.length;
    this.progress(bytes.length);
    return true;
  }

  /** @internal All of a block was sent. */
  block(index: unknown, hash: unknown): boolean {
    const current = this.#current;
    if (!current || current.index !== index || current.fill !== current.bytes.length || !isHash(hash)) return false;
    this.#current = undefined;
    this.#asked.delete(current.index);
    this.#inHand++;
    this.#queue(() => this.#write(current.index, current.bytes, hash));
    return true;
  }

  /** @internal What the sender says that it sent. What differs comes again. */
  hashes(first: unknown, list: unknown): boolean {
    if (!Array.isArray(list) || list.length > HASHES_A_WORD || !Number.isSafeInteger(first)) return false;
    if (this.#tasks < MAX_TASKS) this.#queue(() => {
      for (const [i, hash] of (list as unknown[]).entries()) {
        const index = first as number + i;
        if (this.#hashes[index] !== undefined && this.#hashes[index] !== hash) this.#unwrite(index);
      }
    });
    return true;
  }

  /** @internal */
  root(root: unknown): boolean {
    if (!isHash(root)) return false;
    this.#root = root;
    if (this.#tasks < MAX_TASKS) this.#queue(() => undefined);
    return true;
  }

  /** @internal What is said of it once it is over. */
  lastWord(number: number): [word: string, ...args: unknown[]] {
    const { error } = this.snapshot;
    return error ? [this.endWord, number, error.code] : ['done', number];
  }

  protected connected(): void {
    // What was on its way is lost with the line.
    this.#forgetCurrent();
    this.#again = [...new Set([...this.#asked, ...this.#again])].sort((a, b) => a - b);
    this.#asked.clear();
    this.#root = undefined;
    if (this.isAgreed && this.line) this.#begin();
  }

  protected flow(): void {
    this.#ask();
  }

  protected clear(): void {
    this.#sink?.abort();
    if (this.#inMemory) this.#host.reserve(-this.snapshot.size);
    this.#sink = this.#current = undefined;
    this.#inMemory = false;
    this.#asked.clear();
  }

  async #accept({ to, signal }: AcceptOptions): Promise<Blob | undefined> {
    if (this.isOver || this.#accepting) return this.done;
    mustBeSecure();
    if (!to && !this.#host.reserve(this.snapshot.size)) {
      throw new RoomError('file-too-large', 'More than may be kept in memory: give a file handle or a stream as `to`.');
    }
    this.#accepting = true;
    this.#inMemory = to === undefined;
    try {
      this.#start(await openSink(to));
    } catch (cause) {
      this.#accepting = false;
      throw new RoomError('file-unwritable', 'It cannot be written to.', { cause });
    }
    this.follow(signal);
    return this.done;
  }

  #start(sink: Sink): void {
    if (this.isOver) { sink.abort(); return; } // Taken back while it was opened.
    this.#sink = sink;
    this.agree();
    this.#begin();
  }

  #begin(): void {
    this.tell('accept');
    this.#ask();
  }

  #ask(): void {
    if (!this.isAgreed || !this.line || this.isHeld) return;
    while (this.#asked.size + this.#inHand < WINDOW_BLOCKS) {
      const index = this.#again.shift() ?? (this.#next < blockCount(this.snapshot.size) ? this.#next++ : undefined);
      if (index === undefined) return;
      this.#asked.add(index);
      this.tell('want', index);
    }
  }

  /** One after the other: what is written, is so in order. */
  #queue(task: () => unknown): void {
    this.#tasks++;
    this.#work = this.#work.then(async () => {
      this.#tasks--;
      if (this.isOver) return;
      await task();
      await this.#finishIfWhole();
    }).catch((cause: unknown) => { this.give('file-unwritable', 'It could not be written.', cause); });
  }

  async #write(index: number, bytes: Uint8Array<ArrayBuffer>, hash: string): Promise<void> {
    const right = await hashOf(bytes) === hash;
    // A stream takes blocks in order alone: behind a wrong one nothing can be taken.
    const fits = right && (this.#sink?.rewrites === true || index === this.#written);
    if (fits) await this.#sink?.write(index, bytes);
    this.#inHand--;
    if (fits) {
      this.#hashes[index] = hash;
      this.#written++;
    } else {
      const times = (this.#wrong.get(index) ?? 0) + 1;
      this.#wrong.set(index, times);
      if (times > MAX_WRONG) { this.#corrupt(); return; }
      this.progress(-bytes.length);
      this.#again.push(index);
    }
    this.#ask();
  }

  #unwrite(index: number): void {
    if (!this.#sink?.rewrites) { this.#corrupt(); return; }
    this.#hashes[index] = undefined;
    this.#written--;
    this.progress(-blockBytes(this.snapshot.size, index));
    this.#again.push(index);
    this.#ask();
  }

  async #finishIfWhole(): Promise<void> {
    if (this.#written < blockCount(this.snapshot.size) || this.#root === undefined || !this.#sink) return;
    if (await rootOf(this.#hashes as string[]) !== this.#root) { this.#corrupt(); return; }
    const blob = await this.#sink.finish();
    this.tell('done');
    this.#sink = undefined;
    this.succeed(blob);
  }

  #corrupt(): void {
    this.give('file-corrupt', 'What came is not what was said to be sent.');
  }

  #forgetCurrent(): void {
    if (this.#current) this.progress(-this.#current.fill);
    this.#current = undefined;
  }
}
