import { TokenBucket } from '../src/protocol/token-bucket.ts';

/** One line about what happened, and facts as data; never a token, a secret or a payload. Silent by default. */
export type LogLevel = 'info' | 'warn' | 'error';
export type LogData = Readonly<Record<string, string | number | boolean | undefined>>;
export type Log = (level: LogLevel, message: string, data?: LogData) => void;

export const silent: Log = () => {};

/** At most a hundred lines at once and ten a second after that: what strangers do must not fill a disk. */
export function steady(log: Log): Log {
  const bucket = new TokenBucket({ burst: 100, perSecond: 10 });
  let dropped = 0;
  return (level, message, data) => {
    if (!bucket.take()) { dropped++; return; }
    log(level, message, dropped > 0 ? { ...data, linesDropped: dropped } : data);
    dropped = 0;
  };
}

/** Runs an operator's hook so that what it throws, now or later, is logged and goes no further. */
export function callHook(log: Log, name: string, hook: () => unknown): void {
  const failed = (error: unknown) => { log('error', 'a hook failed', { hook: name, error: describeError(error) }); };
  try {
    Promise.resolve(hook()).catch(failed);
  } catch (error) {
    failed(error);
  }
}

export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
