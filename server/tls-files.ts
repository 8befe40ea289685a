import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { describeError, type Log } from './log.ts';

export interface TlsFilesOptions {
  certFile: string;
  keyFile: string;
  log: Log;
  /** How often the files are looked at. Default 10 s. */
  checkMs?: number;
}

interface KeyPair { key: string; cert: string }

/** A certificate that is renewed under a running relay, as ACME clients do it every few weeks. */
export class TlsFiles {
  readonly #o: TlsFilesOptions;

  constructor(options: TlsFilesOptions) {
    this.#o = options;
  }

  /** @throws Error for files that cannot be read, or do not belong together. */
  read(): KeyPair {
    const { certFile, keyFile } = this.#o;
    const pair = { key: read('tlsKey', keyFile), cert: read('tlsCert', certFile) };
    try {
      createSecureContext(pair);
    } catch (cause) {
      throw new Error(`tlsCert and tlsKey are no certificate and its key in PEM (${certFile}, ${keyFile}): ${describeError(cause)}`, { cause });
    }
    return pair;
  }

  /** Until it is stopped. What cannot be used is logged, and what was there before holds. */
  watch(renewed: (pair: KeyPair) => void): { reload(): void; stop(): void } {
    const { certFile, keyFile, log, checkMs = 10_000 } = this.#o;
    const reload = () => {
      try {
        renewed(this.read());
        log('info', 'the certificate was read again');
      } catch (error) {
        log('error', 'the new certificate cannot be used; the old one holds', { error: describeError(error) });
      }
    };
    // Looks at what a link points to, which `fs.watch` does not: ACME clients exchange links.
    for (const file of [certFile, keyFile]) watchFile(file, { interval: checkMs, persistent: false }, reload);
    const stop = () => { for (const file of [certFile, keyFile]) unwatchFile(file, reload); };
    return { reload, stop };
  }
}

function read(key: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`${key} cannot be read (${(cause as NodeJS.ErrnoException).code ?? ''}): ${file}`, { cause });
  }
}
