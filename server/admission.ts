import type { IncomingMessage } from 'node:http';
import { addressKey, clientAddress } from './address.ts';
import { KeyedBuckets } from './bucket.ts';
import type { RelayLimits } from './limits.ts';
import type { Log } from './log.ts';
import type { OriginCheck } from './origin.ts';
import type { RefusalCode } from './types.ts';

/** Decides on handshakes, before any socket exists. */
export class Admission {
  readonly #isAllowed: OriginCheck;
  readonly #limits: RelayLimits;
  readonly #trustedHops: number;
  readonly #log: Log;
  readonly #connects: KeyedBuckets;
  readonly #open = new Map<string, number>();
  #warned = false;
  #ended = false;

  constructor(isAllowed: OriginCheck, limits: RelayLimits, trustedHops: number, log: Log) {
    this.#isAllowed = isAllowed;
    this.#limits = limits;
    this.#trustedHops = trustedHops;
    this.#log = log;
    this.#connects = new KeyedBuckets(limits.connects);
  }

  /** What a handshake from the address of this request and from this origin would be told now; counts nothing. */
  check(request: IncomingMessage, origin = request.headers.origin): RefusalCode | undefined {
    if (this.#ended) return 'relay-closed';
    if (!this.#isAllowed(origin, request.headers.host)) return 'origin-refused';
    const key = this.keyOf(request);
    const isFull = (this.#open.get(key) ?? 0) >= this.#limits.socketsPerAddress;
    return isFull || !this.#connects.holds(key) ? 'too-many-sockets' : undefined;
  }

  /** As {@link check}, for a handshake: it counts. */
  admit(request: IncomingMessage): RefusalCode | undefined {
    this.#warnOfProxy(request);
    const refusal = this.check(request);
    if (!refusal) this.#connects.take(this.keyOf(request));
    else this.#log('warn', 'a handshake was refused', { code: refusal, origin: request.headers.origin?.slice(0, 200) });
    return refusal;
  }

  /** @returns a function that says the socket is gone. */
  opened(request: IncomingMessage): () => void {
    const key = this.keyOf(request);
    this.#open.set(key, (this.#open.get(key) ?? 0) + 1);
    return () => {
      const left = (this.#open.get(key) ?? 1) - 1;
      if (left > 0) this.#open.set(key, left);
      else this.#open.delete(key);
    };
  }

  keyOf(request: IncomingMessage): string {
    return addressKey(clientAddress(request, this.#trustedHops));
  }

  end(): void {
    this.#ended = true;
  }

  #warnOfProxy(request: IncomingMessage): void {
    if (this.#warned || this.#trustedHops > 0 || request.headers['x-forwarded-for'] === undefined) return;
    this.#warned = true;
    this.#log('error', 'X-Forwarded-For came in but no proxy is trusted: everyone behind it counts as one address (trustedHops)');
  }
}
