import { tellMissing } from './tell-missing.ts';
import { tryAgain } from './try-again.ts';

/**
 * What an element shows only once it is asked for: loaded then, once for all who ask. What cannot be had is tried again; after
 * all tries in vain who asks next begins anew.
 *
 * @returns settled once it is there
 */
export function lazilyFor<T>(element: Element, load: () => Promise<T>, retryMs?: number): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => (loading ??= new Promise((resolve) => {
    void tryAgain(async () => { resolve(await load()); }, {
      onFailure: (cause) => tellMissing(element, cause), onGiveUp: () => { loading = undefined; },
    }, retryMs);
  }));
}
