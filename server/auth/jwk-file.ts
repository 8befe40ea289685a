import type { createLocalJWKSet, LocalJWKSet } from 'jose';
import { readFileSync, statSync } from 'node:fs';
import { describeError, type Log } from '../log.ts';

interface Loaded { readonly version: string; readonly keys: LocalJWKSet }

/**
 * A key set in a file, read anew once the file has changed: a key that was taken out of it is refused from the next token on.
 * @throws Error at once where there is no such file, or no key set in it.
 */
export class JwkFile {
  readonly #file: string;
  readonly #read: typeof createLocalJWKSet;
  readonly #log: Log;
  #loaded: Loaded;

  constructor(file: string, read: typeof createLocalJWKSet, log: Log) {
    this.#file = file;
    this.#read = read;
    this.#log = log;
    this.#loaded = this.#load(this.#version());
  }

  /** A file that is half written or gone leaves the keys of before. */
  get keys(): LocalJWKSet {
    try {
      const version = this.#version();
      if (version !== this.#loaded.version) this.#loaded = this.#load(version);
    } catch (error) {
      this.#log('error', 'the JWKS file cannot be read; the keys of before hold', { error: describeError(error) });
    }
    return this.#loaded.keys;
  }

  #version(): string {
    const { mtimeMs, size, ino } = statSync(this.#file);
    return `${mtimeMs} ${size} ${ino}`;
  }

  #load(version: string): Loaded {
    const text = readFileSync(this.#file, 'utf8');
    try {
      return { version, keys: this.#read(JSON.parse(text) as Parameters<typeof createLocalJWKSet>[0]) };
    } catch (cause) {
      throw new Error(`no JSON Web Key Set, such as {"keys": […]}, is in ${this.#file}`, { cause });
    }
  }
}
