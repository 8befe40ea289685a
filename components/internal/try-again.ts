const RETRY_MS = 2000;
/** Half a minute; after that, the page has to be loaded anew. */
const MAX_TRIES = 5;

/**
 * What may fail for a while, such as loading a chunk: done again, later each time, until it succeeds.
 *
 * @param onFailure - Told of the first failure alone.
 * @returns settled when the first try is over, whatever came of it
 */
export async function tryAgain(
  work: () => Promise<void>, onFailure: (cause: unknown) => void, retryMs = RETRY_MS,
): Promise<void> {
  const attempt = async (tries: number): Promise<void> => {
    try {
      await work();
    } catch (cause) {
      if (tries === 1) onFailure(cause);
      if (tries < MAX_TRIES) setTimeout(() => { void attempt(tries + 1); }, retryMs * 2 ** (tries - 1));
    }
  };
  await attempt(1);
}
