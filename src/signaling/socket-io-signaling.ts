import { Manager } from 'socket.io-client';
import { isReservedRelayEvent } from '../protocol/reserved.ts';
import { parseAnnouncement, parseJoined, parsePeerLeft, parseSource } from '../protocol/parse.ts';
import { parseIncomingEnvelope } from '../protocol/parse-signal.ts';
import { isEventName, isPlainObject } from '../protocol/primitives.ts';
import { Emitter } from '../shared/emitter.ts';
import { RoomError } from '../shared/errors.ts';
import { after, onEnd } from '../shared/scope.ts';
import { backoffMs } from './backoff.ts';
import { explainConnectError, refusalOf, relayUrl } from './refusals.ts';
import type { Socket } from 'socket.io-client';
import type { Log } from '../shared/logger.ts';
import type { ClientToRelay, Joined, JoinRequest, RelayToClient, NegotiationSignal } from '../protocol/wire.ts';
import type { Signaling, SignalingEvents } from './signaling.ts';

export interface SocketIoSignalingOptions {
  /** The relay's URL; a path prefix is kept. */
  server: string;
  getToken: (() => string | undefined | Promise<string | undefined>) | undefined;
  log: Log;
  scope: AbortSignal;
}

const TIMEOUT_MS = 10_000;
/** What a relay says to someone who may not simply come back. */
const FINAL = new Set(['unauthorized', 'replaced', 'resume-refused']);

type AppEvents = Record<string, (body: unknown, ack: (reply: unknown) => void) => void>;

/** Signaling over our relay. Reconnects for ever once it was in the room, and joins again with its resume token. */
export class SocketIoSignaling implements Signaling {
  readonly events = new Emitter<SignalingEvents>();
  readonly #socket: Socket<RelayToClient, ClientToRelay & AppEvents>;
  readonly #options: SocketIoSignalingOptions;
  #request: JoinRequest | undefined;
  /** Between the join's ack and the loss of the socket. */
  #inRoom = false;
  /** Until its outcome: socket.io would send its CONNECT twice, for which a relay closes the connection. */
  #connecting = false;
  #attempt = 0;
  /** Why the relay closed a socket that was still joining. */
  #lastWord: RoomError | undefined;
  #cancelRetry: (() => void) | undefined;

  constructor(options: SocketIoSignalingOptions) {
    const { server, getToken, scope } = options;
    const { origin, pathname } = relayUrl(server, 'socket.io');
    this.#options = options;
    const manager = new Manager(origin, {
      path: pathname,
      transports: ['websocket'],
      // Our own: socket.io's has no way to try at once when the network or the page comes back.
      reconnection: false,
      autoConnect: false,
      timeout: TIMEOUT_MS,
    });
    this.#socket = manager.socket('/', {
      auth: (give) => { void askToken(getToken).then(give); },
    });
    this.#listen();
    onEnd(scope, () => { this.#socket.disconnect(); });
  }

  connect(): void {
    if (this.#connecting || this.#socket.connected) return;
    this.#connecting = true;
    this.#socket.connect();
  }

  async join(request: JoinRequest): Promise<Joined> {
    if (!this.#socket.connected) await this.#connected();
    const joined = await this.#joinOnce(request);
    this.#request = { ...request, ...(joined.resume !== undefined && { resume: joined.resume }) };
    this.#followLoss();
    return joined;
  }

  send(target: string, data: NegotiationSignal): void {
    if (this.#inRoom) this.#socket.emit('#rtcio:message', { target, data });
  }

  async emit(event: string, body: unknown): Promise<unknown> {
    if (!this.#inRoom) throw new RoomError('not-joined', 'The relay is out of reach.');
    const reply = await (this.#socket as Socket).timeout(TIMEOUT_MS).emitWithAck(event, body).catch((cause: unknown) => {
      throw new RoomError('request-timeout', `No answer to "${event}".`, { cause });
    }) as unknown;
    const refusal = refusalOf(reply);
    if (refusal) throw refusal;
    return isPlainObject(reply) ? reply['value'] : undefined;
  }

  leave(): void {
    if (this.#inRoom && this.#request) this.#socket.emit('leave-room', { roomId: this.#request.roomId });
    this.#inRoom = false;
    this.#socket.disconnect();
  }

  /** Settles with the attempt that `connect` began. */
  #connected(): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const failed = (error: unknown) => {
        this.#socket.off('connect', resolve);
        void explainConnectError(this.#options.server, error).then(reject);
      };
      this.#socket.once('connect', resolve).once('connect_error', failed).once('disconnect', failed);
      this.connect();
    });
  }

  async #joinOnce(request: JoinRequest): Promise<Joined> {
    const reply = await (this.#socket as Socket).timeout(TIMEOUT_MS).emitWithAck('join-room', request).catch((cause: unknown) => {
      throw this.#lastWord ?? new RoomError('join-timeout', 'No answer to the join.', { cause });
    }) as unknown;
    const refusal = refusalOf(reply);
    if (refusal) throw refusal;
    const joined = parseJoined(reply);
    if (!joined) throw new RoomError('invalid-message', 'The answer to the join is no roster.');
    this.#inRoom = true;
    this.#attempt = 0;
    return joined;
  }

  #listen(): void {
    const settled = () => { this.#connecting = false; };
    this.#socket.on('connect', settled).on('connect_error', settled).on('disconnect', settled);
    this.#hear('user-connected', parseAnnouncement, (announced) => { this.events.emit('announced', announced); });
    this.#hear('user-disconnected', parseSource, (id) => { this.events.emit('departed', { id }); });
    this.#hear('#rtcio:init-offer', (body) => parseSource(body, 'source'), (source) => {
      this.events.emit('init-offer', { source });
    });
    this.#hear('#rtcio:peer-left', parsePeerLeft, (left) => { this.events.emit('peer-left', left); });
    this.#hear('#rtcio:message', parseIncomingEnvelope, (envelope) => { this.events.emit('envelope', envelope); });
    this.#hear('#rtcio:closed', (body) => refusalOf({ ok: false, error: body }), (error) => {
      this.#options.log('info', 'closed by the relay', { code: error.code });
      this.#lastWord = error;
      if (FINAL.has(error.code)) this.#end(error);
    });
    this.#socket.onAny((event: unknown, body: unknown) => {
      if (isEventName(event) && !isReservedRelayEvent(event)) this.events.emit('relayed', { event, body });
    });
  }

  /** One of the relay's events, once it has proved to be what it should be. */
  #hear<T>(event: string, parse: (body: unknown) => T | undefined, take: (parsed: T) => void): void {
    (this.#socket as Socket).on(event, (body: unknown) => {
      const parsed = parse(body);
      if (parsed === undefined) this.#options.log('warn', 'dropped what the relay sent', { event });
      else take(parsed);
    });
  }

  /** From the first join on: whatever breaks is tried again until the scope ends. */
  #followLoss(): void {
    const { scope } = this.#options;
    this.#socket.on('disconnect', () => {
      this.#inRoom = false;
      if (scope.aborted) return;
      this.events.emit('lost', {});
      this.#retryLater();
    });
    this.#socket.on('connect_error', () => { this.#retryLater(); });
    this.#socket.on('connect', () => { void this.#rejoin(); });
    const now = () => { if (document.visibilityState !== 'hidden') this.#retryNow(); };
    for (const event of ['online', 'pageshow']) window.addEventListener(event, now, { signal: scope });
    document.addEventListener('visibilitychange', now, { signal: scope });
  }

  async #rejoin(): Promise<void> {
    if (!this.#request) return;
    try {
      const joined = await this.#joinOnce(this.#request);
      this.#request = { ...this.#request, ...(joined.resume !== undefined && { resume: joined.resume }) };
      this.events.emit('returned', joined);
    } catch (error) {
      if (error instanceof RoomError && FINAL.has(error.code)) this.#end(error);
      else this.#socket.disconnect(); // Which tells 'disconnect', which tries again.
    }
  }

  #retryLater(): void {
    this.#cancelRetry?.();
    const delayMs = backoffMs(this.#attempt++, Math.random());
    this.#cancelRetry = after(delayMs, this.#options.scope, () => { this.#retryNow(); });
  }

  #retryNow(): void {
    this.#cancelRetry?.();
    this.connect();
  }

  #end(error: RoomError): void {
    this.#request = undefined;
    this.#inRoom = false;
    this.events.emit('ended', { error });
  }
}

/** The token travels in `auth`, never in the URL. One that cannot be had is left out: the relay says what it thinks of that. */
async function askToken(getToken: SocketIoSignalingOptions['getToken']): Promise<{ token?: string }> {
  const token = await Promise.resolve(getToken?.()).catch(() => undefined);
  return token === undefined ? {} : { token };
}
