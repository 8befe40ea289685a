/** One direction of one participant's link: in order, however the delays fall; emptied by a break. */
export class Wire {
  readonly #delayMs: () => number;
  #tail: Promise<void> = Promise.resolve();
  #epoch = 0;

  constructor(delayMs: () => number) {
    this.#delayMs = delayMs;
  }

  carry(deliver: () => void): void {
    const epoch = this.#epoch;
    const arrives = new Promise<void>((resolve) => { setTimeout(resolve, this.#delayMs()); });
    this.#tail = this.#tail.then(() => arrives).then(() => { if (epoch === this.#epoch) deliver(); });
  }

  break(): void {
    this.#epoch++;
  }
}
