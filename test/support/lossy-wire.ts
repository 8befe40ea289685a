/**
 * One direction of a link that behaves as socket.io does: it delays, keeps its order, and at a break loses what is in flight.
 * While it is broken, what is sent is lost as well.
 */
export class LossyWire<T> {
  readonly #delayMs: () => number;
  readonly #deliver: (message: T) => void;
  #flying: { message: T; due: boolean }[] = [];
  #broken = false;

  constructor(delayMs: () => number, deliver: (message: T) => void) {
    this.#delayMs = delayMs;
    this.#deliver = deliver;
  }

  get isEmpty(): boolean {
    return this.#flying.length === 0;
  }

  send(message: T): void {
    if (this.#broken) return;
    const flight = { message, due: false };
    this.#flying.push(flight);
    setTimeout(() => {
      flight.due = true;
      while (this.#flying[0]?.due) this.#deliver((this.#flying.shift() as { message: T }).message);
    }, this.#delayMs());
  }

  break(): void {
    this.#broken = true;
    this.#flying = [];
  }

  restore(): void {
    this.#broken = false;
  }
}
