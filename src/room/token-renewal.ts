import { RoomError } from '../shared/errors.ts';
import { after } from '../shared/scope.ts';
import type { Emitter } from '../shared/emitter.ts';
import type { Topology } from '../topology/topology.ts';
import type { Change } from './reducer.ts';
import type { RoomEvents } from './room-events.ts';
import type { RoomOptions } from './room-options.ts';

/** Before the end, at most. */
const EARLY_MS = 60_000;
/** Between two attempts: a clock that is ahead of the relay's must not make every answer look like an expired one. */
const LEAST_MS = 2000;
/** The longest that a timer can wait. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** How long to wait before a token is renewed: half of what is left, and never longer than until 60 s before its end. */
export function renewInMs(expiresAt: number, nowMs: number): number {
  const leftMs = expiresAt - nowMs;
  return Math.max(LEAST_MS, leftMs / 2, leftMs - EARLY_MS);
}

export interface TokenRenewalOptions {
  topology: Pick<Topology, 'renewToken'>;
  getToken: RoomOptions['getToken'];
  lifecycle: Emitter<RoomEvents>;
  scope: AbortSignal;
}

/** Asks for another token before ours ends and hands it to the relay; without `getToken` it only tells. */
export class TokenRenewal {
  readonly #options: TokenRenewalOptions;
  #cancel: (() => void) | undefined;

  constructor(options: TokenRenewalOptions) {
    this.#options = options;
  }

  hear(fact: Change): void {
    if (fact.type === 'joined' || fact.type === 'relay-back') this.#follow(fact.standing?.tokenExpiresAt);
    else if (fact.type === 'relay-lost') this.#follow(undefined);
  }

  /** A token that somebody brought. @throws RoomError with the relay's code. */
  async renew(token: string): Promise<void> {
    this.#follow(await this.#options.topology.renewToken(token));
  }

  /** In place of what was known before. */
  #follow(expiresAt: number | undefined): void {
    this.#cancel?.();
    if (expiresAt === undefined) return;
    const { scope, getToken, lifecycle } = this.#options;
    const delayMs = renewInMs(expiresAt, Date.now());
    this.#cancel = after(Math.min(delayMs, MAX_TIMER_MS), scope, () => {
      if (delayMs > MAX_TIMER_MS) this.#follow(expiresAt);
      else if (getToken) void this.#ask(getToken, expiresAt);
      else lifecycle.emit('token-expiring', { expiresAt });
    });
  }

  /** What was refused or could not be had is told, and tried again while the old token holds. */
  async #ask(getToken: NonNullable<RoomOptions['getToken']>, expiresAt: number): Promise<void> {
    const { lifecycle, scope } = this.#options;
    const mine = this.#cancel;
    // The room was left, or the relay was lost: whoever comes back shows a token anyway.
    const isOver = () => scope.aborted || this.#cancel !== mine;
    try {
      const token = await getToken();
      if (isOver()) return;
      if (token === undefined) throw new TypeError('`getToken` gave nothing to renew with.');
      await this.renew(token);
    } catch (cause) {
      if (isOver()) return;
      const error = cause instanceof RoomError ? cause : new RoomError('unauthorized', `No new token: ${String(cause)}`, { cause });
      lifecycle.emit('error', { error });
      if (Date.now() < expiresAt) this.#follow(expiresAt);
    }
  }
}
