import { after } from '../../shared/scope.ts';
import type { IceConfiguration, IceServer, ParticipantId } from '../../protocol/wire.ts';
import type { TopologyContext } from '../topology.ts';

export interface IceServersOptions {
  /** Asks the relay. Rejects while it is out of reach. */
  ask(): Promise<IceConfiguration>;
  /** Others than before, for what is gathered from now on. */
  onChanged(list: IceServer[]): void;
}

/** Without a connection for so long there may be none; ICE gives up after about as long. */
const NO_PATH_MS = 15_000;
/** No restart waits longer for credentials than this: old ones may still do, and without TURN it may work too. */
const WAIT_MS = 3000;
/** After an answer that never came. */
const RETRY_MS = 5000;
const MIN_MS = 1000;
/** What a timer can count to is 24 days. */
const MAX_TIMER_MS = 3_600_000;

/**
 * When to ask for the next credentials: at half of their life, or up to a fifth of that earlier, so that who joined together does
 * not ask together.
 * @param random in [0, 1)
 */
export function renewalDelayMs(lifeMs: number, random: number): number {
  return Math.max(MIN_MS, lifeMs / 2 * (1 - random / 5));
}

/** The ICE servers of one join: the newest that the relay handed out, and others before their credentials end. */
export class IceServers {
  readonly #context: Pick<TopologyContext, 'server' | 'relayOnly' | 'log' | 'scope'>;
  readonly #options: IceServersOptions;
  #list: IceServer[] = [];
  /** Of the wall clock: the other one stands still while a computer sleeps, and credentials do not. */
  #dueMs = Infinity;
  #renewal: Promise<void> | undefined;
  #wait: Promise<void> | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(context: Pick<TopologyContext, 'server' | 'relayOnly' | 'log' | 'scope'>, options: IceServersOptions) {
    this.#context = context;
    this.#options = options;
    const { scope: signal } = context;
    const check = () => { this.#check(); };
    for (const event of ['online', 'pageshow']) window.addEventListener(event, check, { signal });
    document.addEventListener('visibilitychange', check, { signal });
  }

  get list(): IceServer[] {
    return this.#list;
  }

  /**
   * Calls back when someone whom we meet now should have been reached: at once where these servers can never do it.
   * @param scope that of who is met
   */
  expectPath(scope: AbortSignal, check: () => void): void {
    void this.fresh().then(() => { after(this.#hopeless ? 0 : NO_PATH_MS, scope, check); });
  }

  /** What a participant who cannot be reached was tried with. */
  explain(id: ParticipantId): string {
    if (this.#hopeless) return `No path to ${id}: relayOnly needs a TURN server, and the relay offers none.`;
    return `No path to ${id} so far with ${this.#urls.join(' ') || 'no STUN nor TURN'}.`;
  }

  get #hopeless(): boolean {
    return this.#context.relayOnly && !this.#urls.some((url) => url.startsWith('turn'));
  }

  get #urls(): string[] {
    return this.#list.flatMap(({ urls }) => urls);
  }

  /** What a join, a return or an answer brought. */
  take({ iceServers, stunPort, expiresInMs }: IceConfiguration): void {
    const { hostname } = new URL(this.#context.server, location.href);
    const list = stunPort === undefined ? iceServers : [...iceServers, { urls: `stun:${hostname}:${stunPort}` }];
    const changed = JSON.stringify(list) !== JSON.stringify(this.#list);
    this.#list = list;
    // With a life of 0 they are due at once, for whoever needs them; without anyone else in the room that can wait.
    this.#dueMs = expiresInMs === undefined ? Infinity : Date.now() + (expiresInMs && renewalDelayMs(expiresInMs, Math.random()));
    this.#schedule();
    if (changed) this.#options.onChanged(list);
  }

  /** Before anything is gathered: resolves once the credentials hold, or when there was no waiting any longer. */
  async fresh(): Promise<void> {
    if (Date.now() < this.#dueMs) return;
    // One wait for all who need them: a queue must not wait again for each of its envelopes.
    await (this.#wait ??= Promise.race([
      this.#renew(), new Promise<void>((resolve) => { after(WAIT_MS, this.#context.scope, resolve); }),
    ]));
  }

  #check(): void {
    if (Date.now() >= this.#dueMs) void this.#renew(); else this.#schedule();
  }

  #renew(): Promise<void> {
    return (this.#renewal ??= this.#options.ask().then((configuration) => { this.take(configuration); }, (error: unknown) => {
      this.#context.log('warn', 'no fresh ICE servers', { error: String(error) });
      this.#dueMs = Date.now() + RETRY_MS;
      this.#schedule();
    }).finally(() => { this.#renewal = this.#wait = undefined; }));
  }

  #schedule(): void {
    this.#cancelTimer?.();
    if (this.#dueMs === Infinity) return;
    const delayMs = Math.min(MAX_TIMER_MS, Math.max(MIN_MS, this.#dueMs - Date.now()));
    this.#cancelTimer = after(delayMs, this.#context.scope, () => { this.#check(); });
  }
}
