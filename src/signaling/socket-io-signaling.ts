import { parseIceConfiguration, parseJoined } from '../protocol/parse.ts';
import { Emitter } from '../shared/emitter.ts';
import { RoomError, toRoomError } from '../shared/errors.ts';
import { INTERNALS } from '../shared/internals.ts';
import { after, within } from '../shared/scope.ts';
import { attemptMs, backoffMs } from './backoff.ts';
import { hearRelay } from './hear-relay.ts';
import { Outbox } from './outbox.ts';
import { RelaySocket } from './relay-socket.ts';
import { refusalIn, refusalOf } from './refusals.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { HostAction, IceConfiguration, Joined, JoinRequest, Signal } from '../protocol/wire.ts';
import type { Plain } from '../protocol/primitives.ts';
import type { RelaySocketOptions } from './relay-socket.ts';
import type { Present, Signaling, SignalingEvents } from './signaling.ts';

/** Of a first join, when the relay is being taken out of service: a proxy sends the next attempt to another one. */
const DRAIN_ATTEMPTS = 3;
/** What a relay says to someone who may not simply come back. */
const FINAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'unauthorized', 'token-expired', 'forbidden', 'wrong-relay', 'invalid-room', 'room-locked', 'knock-refused', 'removed',
  'room-ended', 'replaced', 'resume-refused',
]);

/**
 * Signaling over our relay. Once the relay has answered a join it reconnects for ever, and joins again: with its resume token,
 * or, while it waits for a host, by knocking again.
 */
export class SocketIoSignaling implements Signaling {
  readonly events = new Emitter<SignalingEvents>();
  readonly #socket: RelaySocket;
  readonly #options: RelaySocketOptions;
  readonly #outbox: Outbox<{ target: string; data: Signal }>;
  /** What to join with whenever the socket is there; from the relay's first answer until the end. */
  #request: JoinRequest | undefined;
  #present: Present | undefined;
  /** Of the first socket that was let in; another socket takes it up. */
  #id: string | undefined;
  /** The first join, until the relay has let us in or refused. */
  #entering: { resolve(joined: Joined): void; reject(error: RoomError): void } | undefined;
  #inRoom = false;
  #attempt = 0;
  /** When the last one began. */
  #triedMs = 0;
  /** Why the relay closed the socket. */
  #lastWord: RoomError | undefined;
  #tokenExpiresAt: number | undefined;
  /** The relay closed a socket because that token had ended; another one is tried, once. */
  #tokenSpent = false;
  #cancelRetry: (() => void) | undefined;

  constructor(options: RelaySocketOptions) {
    this.#options = options;
    this.#socket = new RelaySocket(options, () => {
      // A first join goes on: the relay says what it thinks of that. Later no call ends because an app's server has a bad minute.
      if (this.#request) this.#retryLater();
      return !this.#request;
    });
    this.#outbox = new Outbox((message) => { this.#socket.io.emit('#rtcio:message', message); }, options.scope);
    const hear = hearRelay(this.#socket.io, this.events, options.log);
    hear('#rtcio:admitted', parseJoined, (joined) => { if (this.#request && !this.#inRoom) this.#enter(joined); });
    hear('#rtcio:closed', (body) => refusalOf({ ok: false, error: body }), (error) => { this.#closed(error); });
  }

  get [INTERNALS](): RelaySocket {
    return this.#socket;
  }

  connect(): void {
    this.#socket.connect();
  }

  async join(request: JoinRequest, present?: Present): Promise<Joined> {
    const { scope } = this.#options;
    this.#present = present;
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#socket.untilConnected();
        return await this.#joinFirst(request);
      } catch (error) {
        if (!(error instanceof RoomError && error.code === 'relay-draining' && attempt < DRAIN_ATTEMPTS)) throw error;
        this.#socket.io.disconnect();
        await within(scope, new Promise<void>((resolve) => { after(backoffMs(attempt, Math.random()), scope, resolve); }));
      }
    }
  }

  send(target: string, data: Signal): void {
    if (this.#inRoom) this.#outbox.push({ target, data }, target);
  }

  async emit(event: string, body: unknown): Promise<unknown> {
    return (await this.#ask(event, body))['value'];
  }

  async iceServers(): Promise<IceConfiguration> {
    return parseIceConfiguration(await this.#ask('#rtcio:ice-servers', undefined));
  }

  async moderate(action: HostAction): Promise<void> {
    await this.#ask('#rtcio:host', action);
  }

  async renew(token: string): Promise<number | undefined> {
    const { tokenExpiresAt } = await this.#ask('#rtcio:renew', { token });
    this.#tokenSpent = false;
    return (this.#tokenExpiresAt = Number.isFinite(tokenExpiresAt) ? tokenExpiresAt as number : undefined);
  }

  leave(): void {
    if (this.#request && this.#socket.connected) this.#socket.io.emit('leave-room', { roomId: this.#request.roomId });
    this.#request = undefined;
    this.#inRoom = false;
    this.#socket.io.disconnect();
  }

  /** What is refused here is refused; what breaks once the relay has answered is tried again until the scope ends. */
  #joinFirst(request: JoinRequest): Promise<Joined> {
    return new Promise<Joined>((resolve, reject) => {
      this.#entering = { resolve, reject };
      this.#join(request).then((joined) => {
        this.#request = request;
        this.#followLoss();
        this.#enter(joined);
      }).catch(reject);
    });
  }

  /** @returns nothing where a host has to decide. */
  async #join(request: JoinRequest): Promise<Joined | undefined> {
    this.#lastWord = undefined;
    const { io } = this.#socket;
    const socketId = io.id;
    const presented = await this.#present?.(this.#id ?? socketId ?? '');
    // What was presented belongs to that socket: socket.io would keep the question for the next.
    if (io.id !== socketId) throw new RoomError('relay-unreachable', 'The connection broke during the join.');
    const reply = await this.#socket.ask('join-room', { ...request, ...presented }).catch((error: unknown) => {
      const unanswered = error instanceof RoomError && error.code === 'request-timeout';
      throw unanswered ? this.#lastWord ?? new RoomError('join-timeout', 'No answer to the join.', { cause: error }) : error;
    });
    if (reply['waiting'] === true) return undefined;
    const joined = parseJoined(reply);
    if (!joined) throw new RoomError('invalid-message', 'The answer to the join is no roster.');
    return joined;
  }

  /** @throws RoomError `not-joined`, `request-timeout`, and what the relay refuses with. */
  #ask(event: string, ...body: unknown[]): Promise<Plain> {
    if (this.#inRoom) return this.#socket.ask(event, ...body);
    return Promise.reject(new RoomError('not-joined', 'The relay is out of reach.'));
  }

  /** @param joined nothing where a host has to decide */
  #enter(joined: Joined | undefined): void {
    this.#attempt = 0;
    if (!joined) { this.events.emit('waiting', {}); return; }
    const { id, resume, tokenExpiresAt } = joined;
    this.#id = id;
    if (this.#request && resume !== undefined) this.#request = { ...this.#request, resume };
    if (tokenExpiresAt !== this.#tokenExpiresAt) this.#tokenSpent = false;
    this.#tokenExpiresAt = tokenExpiresAt;
    this.#inRoom = true;
    const entering = this.#entering;
    this.#entering = undefined;
    if (entering) entering.resolve(joined); else this.events.emit('returned', joined);
  }

  #followLoss(): void {
    const { scope } = this.#options;
    this.#socket.io.on('disconnect', (reason) => {
      this.#inRoom = false;
      this.#outbox.clear();
      if (scope.aborted || !this.#request) return;
      // Who waits to be let in is not in the room yet, and has nothing to lose.
      if (!this.#entering) this.events.emit('lost', { silent: reason === 'ping timeout' || !navigator.onLine });
      this.#retryLater();
    });
    this.#socket.io.on('connect_error', (error) => {
      const refusal = refusalIn(error);
      if (refusal && FINAL.has(refusal.code)) this.#end(refusal); else this.#retryLater(performance.now() - this.#triedMs);
    });
    this.#socket.io.on('connect', () => { void this.#rejoin(); });
    const now = () => { if (document.visibilityState !== 'hidden') this.#retryNow(); };
    for (const event of ['online', 'pageshow']) window.addEventListener(event, now, { signal: scope });
    document.addEventListener('visibilitychange', now, { signal: scope });
  }

  async #rejoin(): Promise<void> {
    if (!this.#request) return;
    try {
      this.#enter(await this.#join(this.#request));
    } catch (cause) {
      const error = toRoomError(cause);
      // Whoever still waits outside has no place that would be kept.
      if (FINAL.has(error.code) || (this.#entering && error.code === 'room-full')) this.#end(error);
      else this.#socket.io.disconnect(); // Which tells 'disconnect', which tries again.
    }
  }

  #closed(error: RoomError): void {
    this.#options.log('info', 'closed by the relay', { code: error.code });
    this.#lastWord = error;
    const retry = error.code === 'token-expired' && !this.#tokenSpent;
    if (error.code === 'token-expired') this.#tokenSpent = true;
    if (FINAL.has(error.code) && !retry) this.#end(error);
  }

  /** @param waitedMs for an attempt in vain */
  #retryLater(waitedMs = 0): void {
    if (!this.#request) return;
    this.#cancelRetry?.();
    const delayMs = Math.max(0, backoffMs(this.#attempt++, Math.random()) - waitedMs);
    this.#cancelRetry = after(delayMs, this.#options.scope, () => { this.#retryNow(); });
  }

  #retryNow(): void {
    this.#cancelRetry?.();
    this.#triedMs = performance.now();
    if (this.#request) this.#socket.connect(attemptMs(this.#attempt));
  }

  #end(error: RoomError): void {
    this.#request = undefined;
    this.#inRoom = false;
    if (this.#entering) this.#entering.reject(error); else this.events.emit('ended', { error });
  }
}
