import { BLOCK_BYTES, blockBytes, blockCount, hashOf, rootOf } from './blocks.ts';
import { Transfer } from './transfer.ts';
import { FRAME_BYTES, HASHES_A_WORD, PART_BYTES, encodePart, isCount } from './words.ts';
import type { Line } from './line.ts';
import type { TransferHost } from './transfer.ts';
import type { Offer } from './words.ts';

interface Block { readonly index: number; readonly bytes: Promise<Uint8Array>; readonly hash: Promise<string> }

/** Blocks that a receiver may have asked for and not got. */
const MAX_WANTED = 64;
/** An honest receiver asks for a block again when the connection was lost under it, or when it came wrong. */
const MAX_TIMES_SENT = 4;

/** A file that is offered to one participant, and sent block by block as they ask for it. */
export class OutgoingFile extends Transfer<undefined> {
  protected readonly holdWord = 'hold';
  protected readonly endWord = 'withdraw';
  readonly #blob: Blob;
  /** Of what was sent, once at least. */
  readonly #hashes: (string | undefined)[] = [];
  #wanted: number[] = [];
  #sent = 0;
  readonly #frame = new Uint8Array(PART_BYTES);
  #pumping = false;

  constructor(host: TransferHost, participant: string, blob: Blob, offer: Offer) {
    super(host, { direction: 'send', participant }, offer);
    this.#blob = blob;
  }

  /** @internal They take it, or take it up again: what they have is compared with what was sent. */
  accepted(): void {
    this.agree();
    const unknown = this.#hashes.indexOf(undefined);
    const hashes = unknown < 0 ? this.#hashes : this.#hashes.slice(0, unknown);
    for (let first = 0; first < hashes.length; first += HASHES_A_WORD) {
      this.tell('hashes', first, hashes.slice(first, first + HASHES_A_WORD));
    }
    void this.#tellRoot();
  }

  /** @internal @returns whether there is such a block, and not too much is asked for */
  want(index: unknown): boolean {
    const asks = this.isAgreed && isCount(index) && index < this.#count && this.#wanted.length < MAX_WANTED;
    if (!asks) return false;
    if (!this.#wanted.includes(index)) this.#wanted.push(index);
    this.flow();
    return true;
  }

  /** @internal They have it whole. */
  taken(): boolean {
    if (this.#hashes.length < this.#count) return false;
    this.succeed(undefined);
    return true;
  }

  protected connected(): void {
    this.#wanted = [];
    if (!this.line) return;
    const { id, name, size, type, metadata } = this.snapshot;
    this.tell('offer', { id, name, size, type, ...(metadata !== undefined && { metadata }) });
  }

  protected flow(): void {
    const { line } = this;
    if (this.#pumping || this.isHeld || !line || this.#wanted.length === 0) return;
    this.#pumping = true;
    void line.inTurn(() => this.#pump(line)).catch((cause: unknown) => {
      this.give('file-unreadable', 'It changed or vanished while it was sent.', cause);
    }).finally(() => {
      this.#pumping = false;
      this.flow();
    });
  }

  protected clear(): void {
    this.#wanted = [];
  }

  get #count(): number {
    return blockCount(this.snapshot.size);
  }

  /** While one block is sent the next one is read. */
  async #pump(line: Line): Promise<void> {
    let ahead: Block | undefined;
    while (this.line === line && !this.isHeld) {
      const index = this.#wanted.shift();
      if (index === undefined) return;
      if (++this.#sent > MAX_TIMES_SENT * this.#count) {
        this.give('file-corrupt', 'They ask for the same blocks over and over.');
        return;
      }
      const block = ahead?.index === index ? ahead : this.#read(index);
      const [next] = this.#wanted;
      ahead = next === undefined ? undefined : this.#read(next);
      await this.#send(line, block);
    }
  }

  #read(index: number): Block {
    const start = index * BLOCK_BYTES;
    const size = blockBytes(this.snapshot.size, index);
    const bytes = this.#blob.slice(start, start + size).arrayBuffer().then((buffer) => {
      if (buffer.byteLength !== size) throw new Error(`${buffer.byteLength} bytes in place of ${size}.`);
      return new Uint8Array(buffer);
    });
    const hash = bytes.then(hashOf);
    hash.catch(() => undefined); // Where it fails, so does the sending that waits for it; read ahead, nobody may.
    return { index, bytes, hash };
  }

  async #send(line: Line, { index, bytes: reading, hash }: Block): Promise<void> {
    const bytes = await reading;
    let offset = 0;
    for (; offset < bytes.length; offset += FRAME_BYTES) {
      if (this.line !== line || this.isHeld) break;
      const part = bytes.subarray(offset, offset + FRAME_BYTES);
      this.progress(part.length);
      await line.send(encodePart({ number: this.number, index, offset, bytes: part }, this.#frame));
    }
    if (this.line !== line || offset < bytes.length) {
      this.progress(-Math.min(offset, bytes.length));
      if (this.line === line) this.#wanted.unshift(index); // From its start, when it goes on.
      return;
    }
    if (this.#hashes[index] !== undefined) this.progress(-bytes.length);
    this.#hashes[index] = await hash;
    if (this.line !== line) return;
    this.tell('block', index, this.#hashes[index]);
    await this.#tellRoot();
  }

  /** Once every block was hashed. */
  async #tellRoot(): Promise<void> {
    const hashes = [...this.#hashes];
    if (hashes.length === this.#count && !hashes.includes(undefined)) this.tell('root', await rootOf(hashes as string[]));
  }
}
