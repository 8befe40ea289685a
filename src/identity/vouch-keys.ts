import { compactVerify } from 'jose/jws/compact/verify';
import { createLocalJWKSet } from 'jose/jwks/local';
import { VOUCH_ALGORITHM } from '../protocol/vouch.ts';
import { RoomError } from '../shared/errors.ts';
import type { VouchKeySet } from './vouch-options.ts';

type KeyFinder = ReturnType<typeof createLocalJWKSet>;

const FETCH_MS = 5000;
const ATTEMPTS = 3;
const RETRY_MS = 1000;
/** An unknown `kid` makes the set be asked for anew, this seldom: anyone can invent one. */
const COOLDOWN_MS = 30_000;
const MAX_SET_CHARS = 65_536;

/** The issuer's public keys, from where the page says. */
export class VouchKeys {
  readonly #url: string | undefined = undefined;
  #keys: Promise<KeyFinder>;
  #askedMs = -Infinity;
  /** Nothing could be had so far. */
  #hasNone = false;

  /** @throws RoomError `vouch-keys-unavailable` for something that is neither a set nor a URL. */
  constructor(source: string | VouchKeySet) {
    if (typeof source !== 'string') { this.#keys = Promise.resolve(read(source)); return; }
    if (!URL.canParse(source, document.baseURI)) throw unavailable(`No URL: ${source}`);
    this.#url = new URL(source, document.baseURI).href;
    this.#keys = this.#fetch();
  }

  /** Where they come from, if from a URL. */
  get origin(): string | undefined {
    return this.#url && new URL(this.#url).origin;
  }

  /** @throws RoomError `vouch-key-unknown`, `vouch-signature`, `vouch-keys-unavailable`. */
  async verify(compact: string): Promise<void> {
    if (this.#hasNone && this.#mayAsk) this.#keys = this.#fetch();
    const used = this.#keys;
    let code = await verifyBy(await used, compact);
    if (code === 'vouch-key-unknown') {
      // It may have been made since; somebody else may be asking for it already.
      if (this.#url && this.#mayAsk) this.#keys = this.#fetch(used);
      if (this.#keys !== used) code = await verifyBy(await this.#keys, compact);
    }
    if (code === 'vouch-signature') throw new RoomError(code, 'A vouch is not signed by the key it names.');
    if (code) throw new RoomError(code, 'A vouch names no key of the set.');
  }

  get #mayAsk(): boolean {
    return performance.now() - this.#askedMs >= COOLDOWN_MS;
  }

  /** @param before what holds where no others can be had */
  #fetch(before?: Promise<KeyFinder>): Promise<KeyFinder> {
    this.#askedMs = performance.now();
    this.#hasNone = false;
    const keys = fetchSet(this.#url ?? '').then(read).catch((error: unknown) => {
      if (before) return before;
      this.#hasNone = true;
      throw error;
    });
    keys.catch(() => undefined); // Whoever needs them hears of it.
    return keys;
  }
}

async function fetchSet(url: string): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(url, {
        credentials: 'omit', cache: 'no-cache', redirect: 'error', signal: AbortSignal.timeout(FETCH_MS),
      });
      const text = await response.text();
      if (!response.ok || text.length > MAX_SET_CHARS) throw new RangeError(`It answered ${response.status}.`);
      return JSON.parse(text);
    } catch (cause) {
      if (attempt === ATTEMPTS) throw unavailable(`${url} gives no key set.`, cause);
      await new Promise((resolve) => { setTimeout(resolve, RETRY_MS); });
    }
  }
}

function read(set: unknown): KeyFinder {
  try {
    return createLocalJWKSet(set as Parameters<typeof createLocalJWKSet>[0]);
  } catch (cause) {
    throw unavailable('It is no JSON Web Key Set, such as {"keys": […]}.', cause);
  }
}

async function verifyBy(find: KeyFinder, compact: string): Promise<'vouch-key-unknown' | 'vouch-signature' | undefined> {
  try {
    await compactVerify(compact, find, { algorithms: [VOUCH_ALGORITHM] });
    return undefined;
  } catch (error) {
    const { code } = error as { code?: string };
    return code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' ? 'vouch-signature' : 'vouch-key-unknown';
  }
}

function unavailable(hint: string, cause?: unknown): RoomError {
  return new RoomError('vouch-keys-unavailable', hint, { cause });
}
