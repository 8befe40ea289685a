/**
 * A scope is the AbortSignal a thing lives under: what is created takes one, and ends when it aborts.
 * `childScope` makes one that ends with its parent or on its own.
 */
export function childScope(parent: AbortSignal): AbortController {
  const child = new AbortController();
  onEnd(parent, () => { child.abort(parent.reason); }, child.signal);
  return child;
}

/** Runs `fn` when the scope ends (now, if it has), unless `unless` ended before: a long-lived scope keeps no dead listeners. */
export function onEnd(scope: AbortSignal, fn: () => void, unless?: AbortSignal): void {
  if (scope.aborted) fn();
  else scope.addEventListener('abort', fn, { once: true, ...(unless && { signal: unless }) });
}

/** A timeout that ends with the scope. @returns a function that cancels it. */
export function after(delayMs: number, scope: AbortSignal, fn: () => void): () => void {
  return timed(scope, (end) => {
    const id = setTimeout(() => { end(); fn(); }, delayMs);
    return () => { clearTimeout(id); };
  });
}

/** An interval that ends with the scope. @returns a function that cancels it. */
export function every(periodMs: number, scope: AbortSignal, fn: () => void): () => void {
  return timed(scope, () => {
    const id = setInterval(fn, periodMs);
    return () => { clearInterval(id); };
  });
}

function timed(scope: AbortSignal, start: (end: () => void) => () => void): () => void {
  if (scope.aborted) return () => {};
  const end = () => { stop(); scope.removeEventListener('abort', end); };
  const stop = start(end);
  scope.addEventListener('abort', end, { once: true });
  return end;
}

/** Rejects with the scope's reason when it ends before the promise settles. */
export function within<T>(scope: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const settled = new AbortController();
    onEnd(scope, () => { reject(scope.reason as Error); }, settled.signal);
    promise.then(resolve, reject).finally(() => { settled.abort(); });
  });
}
