import { callSafely } from './emitter.ts';

/** Reads a snapshot and is told, once per microtask, that it changed. */
export interface ReadableStore<S> {
  /** The current snapshot: frozen, and the same object until something changed. */
  readonly snapshot: S;
  /** @returns a function that ends the subscription. */
  subscribe(listener: (snapshot: S) => void, options?: { signal?: AbortSignal }): () => void;
}

/** Holds one frozen snapshot; `update` is the only way to change it. */
export class Store<S extends object> implements ReadableStore<S> {
  #snapshot: S;
  #scheduled = false;
  readonly #listeners = new Set<(snapshot: S) => void>();

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
      for (const listener of [...this.#listeners]) callSafely(listener, this.#snapshot);
    });
  }

  subscribe(listener: (snapshot: S) => void, { signal }: { signal?: AbortSignal } = {}): () => void {
    if (signal?.aborted) return () => {};
    this.#listeners.add(listener);
    const off = () => { this.#listeners.delete(listener); };
    signal?.addEventListener('abort', off, { once: true });
    return off;
  }
}
