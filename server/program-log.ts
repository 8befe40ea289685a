import type { Log, LogLevel } from './log.ts';
import { optionalPackage } from './optional-package.ts';

export interface ProgramLogOptions {
  /** Lines for people, or JSON by pino. Default `text`. */
  format?: 'text' | 'json' | undefined;
  /** The least that is written. Default `info`. */
  level?: LogLevel | undefined;
}

const WEIGHT: Readonly<Record<LogLevel, number>> = { info: 0, warn: 1, error: 2 };

/** The program's lines: `info` to stdout, the rest to stderr; JSON all to stdout. @throws Error for JSON without pino. */
export async function createProgramLog({ format = 'text', level = 'info' }: ProgramLogOptions): Promise<Log> {
  const write = format === 'json' ? await jsonLines() : textLine;
  return (at, message, data) => { if (WEIGHT[at] >= WEIGHT[level]) write(at, message, data); };
}

/** What JSON leaves as it is, and a terminal obeys or hides: more control characters, and those that reorder text. */
const UNSEEN = /[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const textLine: Log = (level, message, data = {}) => {
  const facts = Object.entries(data).map(([key, value]) => `${key}=${JSON.stringify(value).replace(UNSEEN, escaped)}`);
  const line = [new Date().toISOString(), level, message, ...facts].join(' ');
  (level === 'info' ? process.stdout : process.stderr).write(`${line}\n`);
};

/** Written synchronously: what is said right before the end is not lost, and ten lines a second block nobody. */
async function jsonLines(): Promise<Log> {
  const { pino } = await optionalPackage('pino', '--log-format json', () => import('pino'));
  const logger = pino({
    base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) },
  }, pino.destination({ dest: 1, sync: true }));
  return (level, message, data = {}) => { logger[level](data, message); };
}
