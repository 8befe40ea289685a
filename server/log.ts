import { TokenBucket } from '../src/protocol/token-bucket.ts';

export type LogLevel = 'info' | 'warn' | 'error';

/**
 * All the facts that a line may hold. None of them is a place for a token, a secret, a name, an SDP, a room id or what was said;
 * a new fact is written down here first.
 */
export interface LogData {
  /** A stable code: ours, or that of the package that failed. */
  readonly code?: string | undefined;
  readonly why?: string | undefined;
  /** The text of an error of ours, of a package or of the operator's hook. */
  readonly error?: string | undefined;
  /** Names that the operator, a package or the protocol chose. */
  readonly hook?: string;
  readonly event?: string;
  readonly claim?: string;
  readonly field?: string;
  readonly file?: string;
  readonly type?: string;
  readonly origin?: string | undefined;
  /** Of a client, or the network it stands for; only where `logAddresses` is on. */
  readonly address?: string;
  readonly port?: number;
  readonly banMs?: number;
  /** Public keys, as JSON. */
  readonly keys?: string;
  readonly linesDropped?: number;
}

/** One line about what happened. Silent by default. */
export type Log = (level: LogLevel, message: string, data?: LogData) => void;

export const silent: Log = () => {};

export function withoutAddresses(log: Log): Log {
  return (level, message, data) => {
    if (data?.address === undefined) { log(level, message, data); return; }
    const { address: _, ...facts } = data;
    log(level, message, facts);
  };
}

/** Where the log itself is what failed. */
const warnProcess: Log = (_level, message, { error = '' } = {}) => { process.emitWarning(`${message}: log: ${error}`); };

/**
 * At most a hundred lines at once and ten a second after that: what strangers do must not fill a disk. What `log` throws goes no
 * further.
 */
export function steady(log: Log): Log {
  const bucket = new TokenBucket({ burst: 100, perSecond: 10 });
  let dropped = 0;
  return (level, message, data) => {
    if (!bucket.take()) { dropped++; return; }
    const facts = dropped > 0 ? { ...data, linesDropped: dropped } : data;
    callHook(warnProcess, 'log', () => log(level, message, facts));
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
