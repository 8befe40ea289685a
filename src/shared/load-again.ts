import { RoomError } from './errors.ts';
import { after, within } from './scope.ts';

const RETRY_MS = 2000;
const MAX_TRIES = 3;

/**
 * Loads a chunk, and where it cannot be had tries again after a while. (Chromium 156 and Firefox 155 then ask the network anew;
 * until 2026 HTML said that a failed import fails for ever.)
 * @throws RoomError `load-failed` when all tries are in vain; the scope's reason
 */
export async function loadAgain<T>(load: () => Promise<T>, scope = new AbortController().signal): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await load();
    } catch (error) {
      if (tries === MAX_TRIES) throw new RoomError('load-failed', String(error), { cause: error });
    }
    await within(scope, new Promise<void>((resolve) => { after(RETRY_MS, scope, resolve); }));
  }
}

/**
 * One loading for all who ask, and they go on in their order: two imports of one module may settle in the other one (Chromium
 * 156). Where it fails, who asks next begins anew.
 */
export function lazily<T>(load: () => Promise<T>, scope?: AbortSignal): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => (loading ??= loadAgain(load, scope).catch((error: unknown) => {
    loading = undefined;
    throw error;
  }));
}
