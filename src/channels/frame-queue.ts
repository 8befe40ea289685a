export type Frame = string | ArrayBuffer | ArrayBufferView;

/** Frames in order, and how much they are. */
export class FrameQueue {
  #frames: Frame[] = [];
  #head = 0;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#frames.length - this.#head;
  }

  push(frame: Frame): void {
    this.#frames.push(frame);
    this.#bytes += sizeOf(frame);
  }

  shift(): Frame | undefined {
    if (this.size === 0) return undefined;
    const frame = this.#frames[this.#head] as Frame;
    this.#frames[this.#head++] = ''; // Nothing keeps what has left.
    this.#bytes -= sizeOf(frame);
    if (this.#head > 1024 || this.size === 0) {
      this.#frames.splice(0, this.#head);
      this.#head = 0;
    }
    return frame;
  }

  /** Puts all of another queue before what is here. */
  prepend(other: FrameQueue): void {
    this.#frames = [...other.#frames.slice(other.#head), ...this.#frames.slice(this.#head)];
    this.#head = 0;
    this.#bytes += other.#bytes;
    other.clear();
  }

  clear(): void {
    this.#frames = [];
    this.#head = this.#bytes = 0;
  }
}

/** Bytes of a view; UTF-16 code units of a text, which is what memory it takes, near enough. Nothing waits for free. */
export function sizeOf(frame: Frame): number {
  return (typeof frame === 'string' ? frame.length : frame.byteLength) || 1;
}
