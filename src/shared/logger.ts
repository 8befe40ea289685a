/** `docs/logging.md`: one line, an area, a sentence in the past tense, and facts as data. Silent by default. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogData = Readonly<Record<string, unknown>>;
export type LogSink = (level: LogLevel, area: string, message: string, data?: LogData) => void;

export interface Logger {
  debug(message: string, data?: LogData): void;
  info(message: string, data?: LogData): void;
  warn(message: string, data?: LogData): void;
  error(message: string, data?: LogData): void;
  /** The same sink under another area. */
  area(name: string): Logger;
}

export function createLogger(sink: LogSink | undefined, area = 'room'): Logger {
  const at = (level: LogLevel) => (message: string, data?: LogData) => sink?.(level, area, message, data);
  return {
    debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'),
    area: (name) => createLogger(sink, name),
  };
}
