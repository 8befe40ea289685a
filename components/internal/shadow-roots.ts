type Listener = (root: ShadowRoot) => void;

const listeners = new Set<Listener>();

/** Every shadow that one of our elements makes from now on: who watches a document sees into none. */
export function onShadowRoot(listener: Listener): void {
  listeners.add(listener);
}

export function tellShadowRoot(root: ShadowRoot): void {
  for (const listener of listeners) listener(root);
}
