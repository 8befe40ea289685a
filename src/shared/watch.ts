import type { ListenOptions } from './emitter.ts';
import type { ReadableStore } from './store.ts';

/**
 * Calls back when the selected part of a snapshot has changed (`Object.is`), not when anything else has. Snapshots share what did
 * not change, so a selector may hand out objects and lists as they are.
 * @returns a function that ends it.
 */
export function watch<S, T>(
  store: ReadableStore<S>, select: (snapshot: S) => T, listener: (value: T) => void, options?: ListenOptions,
): () => void {
  let value = select(store.snapshot);
  return store.subscribe((snapshot) => {
    const next = select(snapshot);
    if (Object.is(next, value)) return;
    value = next;
    listener(next);
  }, options);
}
