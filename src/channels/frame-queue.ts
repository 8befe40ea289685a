/** One message of a data channel. */
export type Frame = string | ArrayBuffer | ArrayBufferView;

/** Frames that hold one thing together: it is counted once, when the last of them is there. Only our engines read them. */
export class Packed {
  readonly frames: readonly Uint8Array<ArrayBuffer>[];
  readonly byteLength: number;

  constructor(frames: readonly Uint8Array<ArrayBuffer>[]) {
    this.frames = frames;
    this.byteLength = frames.reduce((sum, frame) => sum + frame.byteLength, 0);
  }
}

/** What is still being read or packed, and holds up what comes after it. */
export class Later {
  /** Of what it will be, near enough. */
  readonly byteLength: number;
  /** Rejects where it could not be had: then it is left out. */
  readonly ready: Promise<Packed>;
  packed: Packed | 'failed' | undefined;

  constructor(byteLength: number, ready: Promise<Packed>) {
    this.byteLength = byteLength;
    this.ready = ready;
    ready.then((packed) => { this.packed = packed; }, () => { this.packed = 'failed'; });
  }
}

/** What a gate takes. */
export type Item = Frame | Packed | Later;

/** Items in order, and how much they are. */
export class FrameQueue {
  #items: Item[] = [];
  #head = 0;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#items.length - this.#head;
  }

  get first(): Item | undefined {
    return this.#items[this.#head];
  }

  push(item: Item): void {
    this.#items.push(item);
    this.#bytes += sizeOf(item);
  }

  shift(): Item | undefined {
    if (this.size === 0) return undefined;
    const item = this.#items[this.#head] as Item;
    this.#items[this.#head++] = ''; // Nothing keeps what has left.
    this.#bytes -= sizeOf(item);
    if (this.#head >= 64 && this.#head * 2 >= this.#items.length) { // Seldom, and then much of it.
      this.#items.splice(0, this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** Puts all of another queue before what is here. */
  prepend(other: FrameQueue): void {
    this.#items = [...other.#items.slice(other.#head), ...this.#items.slice(this.#head)];
    this.#head = 0;
    this.#bytes += other.#bytes;
    other.clear();
  }

  /** @returns how many were taken out. */
  removeAll(matches: (item: Item) => boolean): number {
    const before = this.size;
    this.#items = this.#items.slice(this.#head).filter((item) => !matches(item));
    this.#head = 0;
    this.#bytes = this.#items.reduce((sum, item) => sum + sizeOf(item), 0);
    return before - this.size;
  }

  clear(): void {
    this.#items = [];
    this.#head = this.#bytes = 0;
  }
}

/** Bytes; of a text UTF-16 code units, which is what memory it takes, near enough. Nothing waits for free. */
export function sizeOf(item: Item): number {
  return (typeof item === 'string' ? item.length : item.byteLength) || 1;
}

/** Only an engine that knows `FRAMES_FEATURE` reads it. */
export function isPacked(item: Item): item is Packed | Later {
  return item instanceof Packed || item instanceof Later;
}

/** The browser copies what it is given; what stays here is copied too, so that its owner may go on writing to it. */
export function ownCopy(item: Item): Item {
  if (typeof item === 'string' || isPacked(item)) return item;
  if (item instanceof ArrayBuffer) return item.slice(0);
  return new Uint8Array(item.buffer, item.byteOffset, item.byteLength).slice().buffer;
}
