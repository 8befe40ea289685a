/** docs/logging.md: a sentence in the past tense, and facts as data; never a token, a name or an SDP. Silent by default. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogData = Readonly<Record<string, unknown>>;
/** Where log lines go. */
export type Log = (level: LogLevel, message: string, data?: LogData) => void;
