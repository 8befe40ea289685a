import type { IncomingMessage } from 'node:http';
import { addressKey, clientAddress } from './address.ts';
import { roomOfQuery } from './affinity.ts';
import { Bans } from './bans.ts';
import { Callers, type Caller } from './callers.ts';
import type { RelayLimits } from './limits.ts';
import type { Log } from './log.ts';
import type { Meter } from './meter.ts';
import type { OriginCheck } from './origin.ts';
import type { RefusalCode } from './types.ts';

/** One connection, as its address is concerned. It holds nothing of the request, which would live as long. */
export interface Entry { readonly key: string; readonly caller: Caller; readonly isBannable: boolean }

/** Decides on handshakes, before any socket exists. */
export class Admission {
  readonly #isAllowed: OriginCheck;
  readonly #limits: RelayLimits;
  readonly #trustedHops: number;
  readonly #log: Log;
  readonly #meter: Meter;
  readonly #callers: Callers;
  readonly #bans: Bans;
  #warned = false;
  #ended: RefusalCode | undefined;

  constructor(isAllowed: OriginCheck, limits: RelayLimits, trustedHops: number, log: Log, meter: Meter) {
    this.#isAllowed = isAllowed;
    this.#limits = limits;
    this.#trustedHops = trustedHops;
    this.#log = log;
    this.#meter = meter;
    this.#callers = new Callers(limits);
    this.#bans = new Bans(limits);
  }

  /** What a handshake from the address of this request and from this origin would be told now; counts nothing. */
  check(request: IncomingMessage, origin = request.headers.origin): RefusalCode | undefined {
    if (this.#ended) return this.#ended;
    if (!this.#isAllowed(origin, request.headers.host)) return 'origin-refused';
    if (roomOfQuery(request.url) === null) return 'invalid-room';
    const key = this.keyOf(request);
    if (this.#bans.has(key) && !this.#isBehindStranger(request)) return 'banned';
    const { sockets, connects } = this.#callers.of(key);
    return sockets >= this.#limits.socketsPerAddress || connects.charge(0) < 1 ? 'too-many-sockets' : undefined;
  }

  /** As {@link check}, for a handshake: it counts. */
  admit(request: IncomingMessage): RefusalCode | undefined {
    this.#warnOfProxy(request);
    const refusal = this.check(request);
    if (!refusal) {
      this.#callers.of(this.keyOf(request)).connects.take();
      return undefined;
    }
    this.#meter.refused(refusal);
    const origin = request.headers.origin?.slice(0, 200);
    this.#log('warn', 'a handshake was refused', { code: refusal, origin, address: this.addressOf(request) });
    return refusal;
  }

  /** Whether pages of the request's origin may read answers. */
  isReadable({ origin, host }: IncomingMessage['headers']): boolean {
    return origin !== undefined && this.#isAllowed(origin, host);
  }

  opened(request: IncomingMessage): Entry {
    const key = this.keyOf(request);
    return { key, caller: this.#callers.opened(key), isBannable: !this.#isBehindStranger(request) };
  }

  gone({ key }: Entry): void {
    this.#callers.closed(key);
  }

  /** It was closed for a flood: its address stays out for a while. */
  flooded({ key, isBannable }: Entry): void {
    const banMs = isBannable ? this.#bans.strike(key) : 0;
    if (banMs === 0) return;
    this.#meter.bans++;
    this.#log('warn', 'an address is banned for a flood', { banMs: Math.round(banMs), address: key });
  }

  addressOf(request: IncomingMessage): string {
    return clientAddress(request, this.#trustedHops);
  }

  keyOf(request: IncomingMessage): string {
    return addressKey(this.addressOf(request));
  }

  /** Nobody new comes in. */
  end(code: RefusalCode): void {
    this.#ended = code;
  }

  #warnOfProxy(request: IncomingMessage): void {
    if (this.#warned || !this.#isBehindStranger(request)) return;
    this.#warned = true;
    this.#log('error', 'X-Forwarded-For came in but no proxy is trusted: everyone behind it counts as one address (trustedHops)');
  }

  /** Through a proxy that nobody told of, perhaps: its address is everybody's, so it is never banned. */
  #isBehindStranger(request: IncomingMessage): boolean {
    return this.#trustedHops === 0 && request.headers['x-forwarded-for'] !== undefined;
  }
}
