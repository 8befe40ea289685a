export interface ListenOptions {
  /** Ends the subscription when it aborts. */
  signal?: AbortSignal;
}

interface Subscription<Context extends unknown[]> {
  readonly listener: unknown;
  /** It was taken off. */
  ended: boolean;
  call(payload: never, ...context: Context): void;
  /** Leaves nothing on the signal it was made under. */
  release(): void;
}

/**
 * A typed event emitter: one map interface per class, one payload per event, and, where `Context` says so, what is known
 * of every event besides. A listener that throws never unwinds into the engine; its error is reported as an uncaught one,
 * as the platform's own `EventTarget` does.
 */
export class Emitter<Events extends object, Context extends unknown[] = []> {
  /** A list is never changed, only replaced: who is told of an event was listening when it began. */
  readonly #listeners = new Map<keyof Events, readonly Subscription<Context>[]>();

  /** @returns a function that ends the subscription. */
  on<E extends keyof Events>(
    event: E, listener: (payload: Events[E], ...context: Context) => void, { signal }: ListenOptions = {},
  ): () => void {
    return this.#add(event, listener, listener, signal);
  }

  /** As {@link on}, for one event. */
  once<E extends keyof Events>(
    event: E, listener: (payload: Events[E], ...context: Context) => void, { signal }: ListenOptions = {},
  ): () => void {
    return this.#add(event, listener, (payload: Events[E], ...context: Context) => {
      this.off(event, listener);
      listener(payload, ...context);
    }, signal);
  }

  off<E extends keyof Events>(event: E, listener: (payload: Events[E], ...context: Context) => void): void {
    const listeners = this.#listeners.get(event) ?? [];
    const subscription = listeners.find((one) => one.listener === listener);
    if (!subscription) return;
    subscription.ended = true;
    subscription.release();
    const others = listeners.filter((one) => one !== subscription);
    if (others.length > 0) this.#listeners.set(event, others); else this.#listeners.delete(event);
  }

  /** @returns whether anyone listened. */
  emit<E extends keyof Events>(event: E, payload: Events[E], ...context: Context): boolean {
    return this.emitEach(event, () => [payload, ...context]);
  }

  /** As {@link emit}; each of so many listeners is called with what `make` gives. */
  emitEach<E extends keyof Events>(event: E, make: (listeners: number) => [payload: Events[E], ...Context]): boolean {
    const listeners = this.#listeners.get(event);
    if (!listeners) return false;
    for (const subscription of listeners) {
      if (!subscription.ended) callSafely(subscription.call as (...args: unknown[]) => void, ...make(listeners.length));
    }
    return true;
  }

  #add<E extends keyof Events>(
    event: E, listener: (payload: Events[E], ...context: Context) => void,
    call: (payload: Events[E], ...context: Context) => void, signal: AbortSignal | undefined,
  ): () => void {
    if (signal?.aborted) return () => {};
    const off = () => { this.off(event, listener); };
    off();
    const release = () => { signal?.removeEventListener('abort', off); };
    this.#listeners.set(event, [...this.#listeners.get(event) ?? [], { listener, ended: false, call, release }]);
    signal?.addEventListener('abort', off);
    return off;
  }
}

/** Calls foreign code so that what it throws is reported and goes no further. */
export function callSafely<A extends unknown[]>(fn: (...args: A) => unknown, ...args: A): void {
  try {
    fn(...args);
  } catch (error) {
    reportUncaught(error);
  }
}

/** Hands an error to the host's own "uncaught" handling (HTML: report an exception; Node has no `reportError`). */
export function reportUncaught(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  else queueMicrotask(() => { throw error; });
}
