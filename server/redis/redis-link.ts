import { createHash } from 'node:crypto';
import type { createClient } from '@redis/client';
import type { Server } from 'socket.io';
import { describeError, type Log } from '../log.ts';
import { optionalPackage } from '../optional-package.ts';
import { within } from '../within.ts';
import { SCRIPT } from './script.ts';

type Client = ReturnType<typeof createClient>;
type CreateAdapter = (pub: object, sub: object, options: { key: string }) => Adapter;
export type Adapter = NonNullable<Parameters<Server['adapter']>[0]>;

/** What Redis has not answered by then it does not answer for. */
const ANSWER_MS = 900;
/** How long a start waits for Redis before it goes on without. */
const START_MS = 3_000;
/** An idle or frozen connection is given up and made anew. */
const BOUNDS = {
  connectTimeout: 2_000, socketTimeout: 3_000, reconnectStrategy: (retries: number) => Math.min(50 * 2 ** retries, 1_000),
};
/** What may wait for an answer: envelopes for a Redis that hangs are dropped beyond it. */
const MOST_WAITING = 10_000;
const NEED = '"redis"';
const SHA = createHash('sha1').update(SCRIPT).digest('hex');

export interface RedisLinkOptions {
  url: string;
  /** Of keys and channels. */
  prefix: string;
  /** At each connection: what was published before is lost. */
  onReturn: () => void;
  onPublished: (text: string) => void;
  log: Log;
}

/** Two connections to Redis, one for what is published. They come back by themselves, for ever; nothing waits for that. */
export class RedisLink {
  readonly #commands: Client;
  readonly #published: Client;
  readonly #prefix: string;
  readonly #log: Log;
  readonly #createAdapter: CreateAdapter;
  #isOut = false;

  private constructor(
    commands: Client, published: Client, createAdapter: CreateAdapter, { prefix, log, onReturn, onPublished }: RedisLinkOptions,
  ) {
    this.#commands = commands;
    this.#published = published;
    this.#createAdapter = createAdapter;
    this.#prefix = prefix;
    this.#log = log;
    for (const client of [commands, published]) {
      client.on('error', (error: unknown) => { this.#failed(error); });
      client.on('ready', () => {
        this.#returned();
        onReturn();
      });
    }
    this.#listen(published.connect());
    this.#listen(commands.connect());
    this.#listen(published.subscribe(`${prefix}facts`, onPublished));
  }

  /** Waits a little for Redis; it may also come later. @throws Error that says what to install, where a package is missing. */
  static async open(options: RedisLinkOptions): Promise<RedisLink> {
    const { createClient: create } = await optionalPackage('@redis/client', NEED, () => import('@redis/client'));
    const { createAdapter } = await optionalPackage('@socket.io/redis-adapter', NEED, () => import('@socket.io/redis-adapter'));
    const common = { url: options.url, socket: BOUNDS, pingInterval: 1_000, commandsQueueMaxLength: MOST_WAITING };
    const commands: Client = create({ ...common, disableOfflineQueue: true });
    const published: Client = create(common);
    const link: RedisLink = new RedisLink(commands, published, createAdapter, options);
    const ready = [commands, published].map((client) => new Promise((resolve) => { client.once('ready', resolve); }));
    await within(START_MS, Promise.all(ready)).catch(() => undefined);
    return link;
  }

  get isReady(): boolean {
    return this.#commands.isReady && this.#published.isReady;
  }

  /** Has the script decide. @throws Error where there is no answer; it may have decided all the same. */
  async ask(what: string, body: object): Promise<readonly [answer: unknown, seq: string]> {
    const options = { keys: [this.#prefix], arguments: [what, JSON.stringify(body)] };
    const asked = this.#commands.evalSha(SHA, options).catch((error: unknown) => {
      if (!describeError(error).startsWith('NOSCRIPT')) throw error;
      return this.#commands.eval(SCRIPT, options);
    });
    return await within(ANSWER_MS, asked) as unknown as [unknown, string];
  }

  close(): void {
    for (const client of [this.#commands, this.#published]) client.destroy();
  }

  /**
   * Of socket.io: carries what is said to sockets of other relays. The package does not look at what comes of its calls: what it
   * publishes while Redis is away is lost, and no more than that.
   */
  createAdapter(): Adapter {
    const silently = { on: () => undefined, pSubscribe: () => undefined };
    const pub = {
      ...silently,
      publish: (...args: Parameters<Client['publish']>) => { this.#commands.publish(...args).catch(() => undefined); },
    };
    const sub = {
      ...silently,
      pSubscribe: (...args: Parameters<Client['pSubscribe']>) => { this.#listen(this.#published.pSubscribe(...args)); },
      subscribe: (...args: Parameters<Client['subscribe']>) => { this.#listen(this.#published.subscribe(...args)); },
    };
    return this.#createAdapter(pub, sub, { key: `${this.#prefix}socket.io` });
  }

  /** It is tried again, and said so, by the client itself. */
  #listen(started: Promise<unknown>): void {
    started.catch((error: unknown) => { this.#failed(error); });
  }

  /** Said once for each time: the message names an address, never the password. */
  #failed(error: unknown): void {
    if (this.#isOut) return;
    this.#isOut = true;
    this.#log('error', 'Redis is out of reach: rooms stay as they are, and nobody new comes in', { error: describeError(error) });
  }

  #returned(): void {
    if (!this.isReady || !this.#isOut) return;
    this.#isOut = false;
    this.#log('info', 'Redis is back');
  }
}
