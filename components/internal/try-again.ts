const RETRY_MS = 2000;
/** Half a minute; after that, the page has to be loaded anew. */
const MAX_TRIES = 5;

/**
 * What may fail for a while, such as loading a chunk: done again, later each time, until it succeeds.
 *
 * @param onFailure - Told of the first failure alone; a function that it returns is called when it is over.
 * @returns settled when the first try is over, whatever came of it
 */
export async function tryAgain(
  work: () => Promise<void>, onFailure: (cause: unknown) => unknown, retryMs = RETRY_MS,
): Promise<void> {
  let onOver: unknown;
  const attempt = async (tries: number): Promise<void> => {
    try {
      await work();
      if (typeof onOver === 'function') (onOver as () => void)();
    } catch (cause) {
      if (tries === 1) onOver = onFailure(cause);
      if (tries < MAX_TRIES) setTimeout(() => { void attempt(tries + 1); }, retryMs * 2 ** (tries - 1));
    }
  };
  await attempt(1);
}
