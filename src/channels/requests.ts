import { RoomError } from '../shared/errors.ts';
import { after, onEnd } from '../shared/scope.ts';
import type { ErrorCode } from '../shared/errors.ts';

type RequestRefusal = Extract<ErrorCode, 'no-handler' | 'invalid-payload' | 'rate-limited'>;

/** Why the far end did not ask its handler. */
export function isRequestRefusal(code: unknown): code is RequestRefusal {
  return code === 'no-handler' || code === 'invalid-payload' || code === 'rate-limited';
}

interface Pending { resolve(value: unknown): void; reject(error: unknown): void }

/** Questions to one participant that wait for an answer. */
export class Requests {
  readonly #pending = new Map<number, Pending>();
  readonly #scope: AbortSignal;
  #next = 0;

  constructor(scope: AbortSignal) {
    this.#scope = scope;
  }

  /**
   * @param send sends the question under this number; what it returns rejects where it could not
   * @throws RoomError `request-timeout`, `unknown-participant` when they leave first; the signal's reason
   */
  ask(
    send: (id: number) => Promise<unknown> | undefined,
    { timeoutMs, signal, name }: { timeoutMs: number; signal?: AbortSignal; name: string },
  ): Promise<unknown> {
    const id = this.#next++;
    return new Promise<unknown>((resolve, reject) => {
      const settled = new AbortController();
      const settle = <T>(how: (value: T) => void) => (value: T) => {
        this.#pending.delete(id);
        settled.abort();
        how(value);
      };
      const fail = settle(reject);
      this.#pending.set(id, { resolve: settle(resolve), reject: fail });
      onEnd(this.#scope, () => { fail(new RoomError('unknown-participant', `They left.`)); }, settled.signal);
      if (signal) onEnd(signal, () => { fail(signal.reason); }, settled.signal);
      after(timeoutMs, settled.signal, () => { fail(new RoomError('request-timeout', `No answer to "${name}" in ${timeoutMs} ms.`)); });
      try {
        if (!settled.signal.aborted) send(id)?.catch(fail);
      } catch (error) {
        fail(error);
      }
    });
  }

  /** An answer: `[id, true, value]` or `[id, false, code, message]`; to a question that nobody waits for any more, nothing. */
  settle([id, ok, value, message]: readonly unknown[]): void {
    const pending = this.#pending.get(id as number);
    if (!pending) return;
    if (ok === true) pending.resolve(value);
    else {
      const code = isRequestRefusal(value) ? value : 'request-failed';
      pending.reject(new RoomError(code, typeof message === 'string' ? message.slice(0, 500) : 'The request failed there.'));
    }
  }
}
