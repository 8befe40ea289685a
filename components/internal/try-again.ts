const RETRY_MS = 2000;
/** Half a minute. */
const MAX_TRIES = 5;

export interface Outcomes {
  /** Told of the first failure alone; a function that it returns is called when it is over. */
  onFailure(cause: unknown): unknown;
  /** All tries were in vain. */
  onGiveUp?(): void;
}

/**
 * What may fail for a while, such as loading a chunk: done again, later each time, until it succeeds.
 *
 * @returns settled when the first try is over, whatever came of it
 */
export async function tryAgain(work: () => Promise<void>, { onFailure, onGiveUp }: Outcomes, retryMs = RETRY_MS): Promise<void> {
  let onOver: unknown;
  const attempt = async (tries: number): Promise<void> => {
    try {
      await work();
      if (typeof onOver === 'function') (onOver as () => void)();
    } catch (cause) {
      if (tries === 1) onOver = onFailure(cause);
      if (tries < MAX_TRIES) setTimeout(() => { void attempt(tries + 1); }, retryMs * 2 ** (tries - 1));
      else onGiveUp?.();
    }
  };
  await attempt(1);
}
