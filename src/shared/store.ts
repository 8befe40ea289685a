import { Emitter } from './emitter.ts';
import type { ListenOptions } from './emitter.ts';

/** Reads a snapshot and is told, once per microtask, that it changed. */
export interface ReadableStore<S> {
  /** The current snapshot: frozen, and the same object until something changed. */
  readonly snapshot: S;
  /** @returns a function that ends the subscription. */
  subscribe(listener: (snapshot: S) => void, options?: ListenOptions): () => void;
}

/** Holds one frozen snapshot; `update` is the only way to change it. */
export class Store<S extends object> implements ReadableStore<S> {
  #snapshot: S;
  #scheduled = false;
  readonly #changes = new Emitter<{ changed: S }>();

  constructor(initial: S) {
    this.#snapshot = Object.freeze(initial);
  }

  get snapshot(): S {
    return this.#snapshot;
  }

  update(reduce: (snapshot: S) => S): void {
    const next = reduce(this.#snapshot);
    if (next === this.#snapshot) return;
    this.#snapshot = Object.freeze(next);
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#changes.emit('changed', this.#snapshot);
    });
  }

  subscribe(listener: (snapshot: S) => void, options?: ListenOptions): () => void {
    return this.#changes.on('changed', listener, options);
  }
}
