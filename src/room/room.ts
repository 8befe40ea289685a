import { PublicationList } from '../media/publication.ts';
import { isReservedEvent, isReservedRelayEvent } from '../protocol/reserved.ts';
import { isEventName, isRoomId } from '../protocol/parse.ts';
import { Emitter } from '../shared/emitter.ts';
import { RoomError, toRoomError } from '../shared/errors.ts';
import { randomId } from '../shared/ids.ts';
import { childScope, within } from '../shared/scope.ts';
import { Store } from '../shared/store.ts';
import { CHAT_EVENT, ChatRates, checkChatText, parseChat } from './chat.ts';
import { initialSnapshot, reduce } from './reducer.ts';
import { eventsBetween } from './room-events.ts';
import type { CaptureOptions, CaptureSource } from '../media/capture.ts';
import type { LocalMedia } from '../media/local-media.ts';
import type { ListenOptions } from '../shared/emitter.ts';
import type { Log } from '../shared/logger.ts';
import type { ReadableStore } from '../shared/store.ts';
import type { Channel, ChannelOptions, Publication, PublicationInit, RequestOptions, Topology, TopologyFactory } from '../topology/topology.ts';
import type { Change } from './reducer.ts';
import type { RoomEvents } from './room-events.ts';
import type { RoomSnapshot } from './snapshot.ts';

/** Event name -> the type of its first argument. */
export type EventMap = Record<string, unknown>;
type EventOf<Events> = keyof Events & string;

/** Who said it, known from the transport, and everything it was said with. */
export interface EventContext { readonly from: string; readonly args: readonly unknown[] }
type EventListener<P> = (payload: P, context: EventContext) => void;
type RequestHandler = (payload: unknown, context: { readonly from: string }) => unknown;

export interface RoomOptions {
  /** The relay's URL, a path prefix included. */
  server?: string;
  /** 1 to 64 letters, digits, `_` or `-`. */
  name: string;
  displayName?: string;
  /** For a relay that asks who one is. `getToken` is asked at every connect and wins. */
  token?: string;
  getToken?: () => string | undefined | Promise<string | undefined>;
  /** Only TURN candidates: no address is shown to another participant. */
  relayOnly?: boolean;
  /** Keep the display name from the relay; participants then see none. */
  privateName?: boolean;
  /** Where log lines go; nowhere by default. */
  log?: Log;
}

/** Speaks to one participant. */
export interface Recipient<Events extends object> {
  emit<E extends EventOf<Events>>(event: E, payload?: Events[E], ...rest: unknown[]): void;
  /** @param options `timeoutMs` is 10,000 unless told. */
  request<R = unknown>(event: string, payload?: unknown, options?: Partial<RequestOptions>): Promise<R>;
  openChannel(name: string, options?: ChannelOptions): Promise<Channel>;
}

const REQUEST_TIMEOUT_MS = 10_000;
/** Loaded with the first question about a device: a page that only talks data never pays for it. */
const loadLocal = () => import('../media/local.ts');

/**
 * My view of a named set of participants: a handle that stays the same over joins, leaves and reconnects.
 *
 * Three separate emitters: `on` hears participants, `server.on` hears the relay's operator, `lifecycle.on` hears the
 * library. No name on one of them can be fired from another.
 */
export class Room<Events extends object = EventMap> implements ReadableStore<RoomSnapshot> {
  readonly #store: Store<RoomSnapshot>;
  readonly #lifecycle = new Emitter<RoomEvents>();
  readonly #heard = new Emitter<Record<string, unknown>, [EventContext]>();
  readonly #fromRelay = new Emitter<Record<string, unknown>>();
  readonly #handlers = new Map<string, RequestHandler>();
  readonly #publications = new PublicationList();
  readonly #chatRates = new ChatRates();
  readonly #topologyFactory: TopologyFactory;
  readonly #life = new AbortController();
  #options: RoomOptions;
  #media: LocalMedia | undefined;
  /** Ends what is being opened; renewed at every leave. */
  #capturing = new AbortController();
  #session: { topology: Topology; end: AbortController } | undefined;

  constructor(options: RoomOptions, topologyFactory: TopologyFactory) {
    this.#options = { ...options };
    this.#topologyFactory = topologyFactory;
    this.#store = new Store(initialSnapshot(options.name, options.displayName ?? ''));
    this.#publications.onChanged(() => { this.#apply({ type: 'local-tracks', tracks: this.#publications.views }); });
    this.#followPage();
  }

  get snapshot(): RoomSnapshot {
    return this.#store.snapshot;
  }

  subscribe(listener: (snapshot: RoomSnapshot) => void, options?: ListenOptions): () => void {
    return this.#store.subscribe(listener, options);
  }

  /** What the library itself tells. */
  readonly lifecycle: Pick<Emitter<RoomEvents>, 'on' | 'once' | 'off'> = this.#lifecycle;

  /** The one way to and from the relay's operator; everything else goes between participants. */
  readonly server = {
    /** Resolves with the operator's answer. @throws RoomError `reserved-name`, `not-joined`, or the relay's code. */
    emit: async (event: string, body?: unknown): Promise<unknown> => {
      if (!isEventName(event) || isReservedRelayEvent(event)) throw reserved(event);
      return this.#topology().emitToRelay(event, body);
    },
    on: (event: string, listener: (body: unknown) => void, options?: ListenOptions): (() => void) => {
      if (isReservedRelayEvent(event)) throw reserved(event);
      return this.#fromRelay.on(event, listener, options);
    },
    off: (event: string, listener: (body: unknown) => void): void => { this.#fromRelay.off(event, listener); },
  };

  /** Changes options while not joined. @throws RoomError `already-joined`. */
  configure(options: Partial<RoomOptions>): void {
    if (this.snapshot.state !== 'idle') throw new RoomError('already-joined', 'Leave first.');
    this.#options = { ...this.#options, ...options };
    this.#apply({ type: 'configured', name: this.#options.name, displayName: this.#options.displayName ?? '' });
  }

  /**
   * @throws RoomError `already-joined`, `no-server`, `invalid-room`, `relay-unreachable`, `origin-refused`,
   *   `unauthorized`, `room-full`, …; AbortError when left meanwhile. The same error then stands in the snapshot.
   */
  async join(): Promise<void> {
    if (this.snapshot.state !== 'idle') throw new RoomError('already-joined', 'Leave first.');
    const end = childScope(this.#life.signal);
    this.#apply({ type: 'joining' });
    try {
      const session = (this.#session = { topology: this.#createTopology(end.signal), end });
      await within(end.signal, session.topology.join());
    } catch (error) {
      if (!end.signal.aborted) this.#endSession({ type: 'join-failed', error: toRoomError(error) }, 'join-failed');
      throw error;
    }
  }

  /** Says goodbye, closes every connection and every device that was opened here. Streams the page published stay its own. */
  leave(reason = 'leave'): Promise<void> {
    this.#endCapturing();
    this.#media?.stopAll();
    if (this.#session) {
      this.#apply({ type: 'leaving' });
      this.#session.topology.leave(reason);
      this.#endSession({ type: 'left' }, reason);
    }
    return Promise.resolve();
  }

  /** Ends everything, for good. */
  close(): void {
    void this.leave('closed');
    this.#life.abort(new DOMException('The room was closed', 'AbortError'));
  }

  /** Opens a device, or the browser's choice of a screen. Before the join too. @throws RoomError (see `capture`), AbortError. */
  async enable(source: CaptureSource, options: CaptureOptions = {}): Promise<void> {
    const { signal } = this.#capturing;
    try {
      const media = await within(signal, this.#loadMedia());
      await media.enable(source, options, signal);
    } catch (error) {
      if (error instanceof RoomError) this.#lifecycle.emit('error', { error });
      throw error;
    }
    await this.refreshDevices(); // Labels are told only once something was allowed.
  }

  disable(source: CaptureSource): void {
    if (this.#media) this.#media.disable(source, { keepOpen: this.#session !== undefined });
    else this.#endCapturing(); // What opens devices is still being loaded.
  }

  /** Reads what can be chosen from; from then on the snapshot follows what is plugged and unplugged. */
  async refreshDevices(): Promise<void> {
    await this.#loadMedia();
    const { listDevices } = await loadLocal();
    this.#apply({ type: 'devices', devices: await listDevices() });
  }

  /** Offers a stream of the page's own; it is never stopped here. @throws RoomError `source-taken`. */
  publish(init: PublicationInit): Publication {
    if (this.#publications.get(init.source)) throw new RoomError('source-taken', `"${init.source}" is published already.`);
    return this.#publications.add(init);
  }

  unpublish(publication: Publication): void {
    this.#publications.remove(publication);
  }

  /** Hears an event of participants: exactly `(payload, {from, args})`. @throws RoomError `reserved-name`. */
  on<E extends EventOf<Events>>(event: E, listener: EventListener<Events[E]>, options?: ListenOptions): () => void {
    return this.#heard.on(hearable(event), listener as EventListener<unknown>, options);
  }

  once<E extends EventOf<Events>>(event: E, listener: EventListener<Events[E]>, options?: ListenOptions): () => void {
    return this.#heard.once(hearable(event), listener as EventListener<unknown>, options);
  }

  off<E extends EventOf<Events>>(event: E, listener: EventListener<Events[E]>): void {
    this.#heard.off(event, listener as EventListener<unknown>);
  }

  /** To everyone here. @throws RoomError `reserved-name`, `not-joined`, `queue-full`, `message-too-large`, `unserializable`. */
  emit<E extends EventOf<Events>>(event: E, payload?: Events[E], ...rest: unknown[]): void {
    this.#topology().emit(undefined, hearable(event), [payload, ...rest]);
  }

  to(participant: string): Recipient<Events> {
    return {
      emit: (event, payload, ...rest) => { this.#topology().emit(participant, hearable(event), [payload, ...rest]); },
      request: <R>(event: string, payload?: unknown, options: Partial<RequestOptions> = {}) =>
        this.#topology().request(participant, hearable(event), payload, { timeoutMs: REQUEST_TIMEOUT_MS, ...options }) as Promise<R>,
      openChannel: async (name, options = {}) => this.#topology().openChannel(participant, name, options),
    };
  }

  /** Answers requests of participants; one handler an event. @returns a function that ends it. */
  handle(event: string, handler: RequestHandler): () => void {
    this.#handlers.set(hearable(event), handler);
    return () => { if (this.#handlers.get(event) === handler) this.#handlers.delete(event); };
  }

  /** A channel to everyone here and everyone who comes. Both ends open it by name. @throws RoomError `channel-exists`, `not-joined`. */
  async openChannel(name: string, options: ChannelOptions = {}): Promise<Channel> {
    return this.#topology().openChannel(undefined, name, options);
  }

  /** A chat line to everyone. @throws RoomError `message-too-large`, `rate-limited`, `queue-full`, `not-joined`; TypeError for an empty one. */
  sendMessage(text: string): void {
    checkChatText(text);
    const topology = this.#topology();
    if (!this.#chatRates.take('')) throw new RoomError('rate-limited', 'At most 5 chat lines a second.');
    const id = randomId(9);
    topology.emit(undefined, CHAT_EVENT, [{ id, text }]);
    const { local } = this.snapshot;
    this.#apply({ type: 'message', message: { id, from: local.id, name: local.name, own: true, text, time: Date.now() } });
  }

  #endCapturing(): void {
    this.#capturing.abort(new DOMException('Switched off', 'AbortError'));
    this.#capturing = childScope(this.#life.signal);
  }

  async #loadMedia(): Promise<LocalMedia> {
    const { LocalMedia, onDevicesChanged } = await loadLocal();
    if (!this.#media) {
      this.#media = new LocalMedia(this.#publications, (source, view) => { this.#apply({ type: 'capture', source, view }); });
      onDevicesChanged(() => { void this.refreshDevices(); }, this.#life.signal);
    }
    return this.#media;
  }

  #topology(): Topology {
    if (!this.#session) throw new RoomError('not-joined', 'Join the room first.');
    return this.#session.topology;
  }

  #createTopology(scope: AbortSignal): Topology {
    const { server, name, displayName, token, getToken, relayOnly = false, privateName = false, log = () => undefined } = this.#options;
    if (!server) throw new RoomError('no-server', 'Give the URL of a relay: `server`.');
    if (!isRoomId(name)) throw new RoomError('invalid-room', 'A room name has 1 to 64 letters, digits, "_" or "-".');
    return this.#topologyFactory({
      server, roomId: name, displayName: privateName ? undefined : displayName, relayOnly, scope,
      getToken: getToken ?? (token === undefined ? undefined : () => token),
      publications: this.#publications,
      log,
      onFact: (fact) => { if (!scope.aborted) this.#onFact(fact); },
      onEvent: (from, event, args) => { this.#onEvent(from, event, args); },
      onRequest: (from, event, payload) => this.#onRequest(from, event, payload),
      onRelayEvent: (event, body) => { this.#fromRelay.emit(event, body); },
    });
  }

  #onFact(fact: Change): void {
    if (fact.type === 'participant-gone') this.#chatRates.forget(fact.id);
    if (fact.type === 'ended') this.#endSession(fact, fact.error.code);
    else this.#apply(fact, 'reason' in fact ? fact.reason : undefined);
    if (fact.type === 'error' || fact.type === 'ended') this.#lifecycle.emit('error', { error: fact.error });
  }

  #onEvent(from: string, event: string, args: readonly unknown[]): void {
    const chat = event === CHAT_EVENT ? parseChat(args[0]) : undefined;
    if (chat && this.#chatRates.take(from)) {
      const name = this.snapshot.participants.find(({ id }) => id === from)?.name ?? '';
      this.#apply({ type: 'message', message: { ...chat, id: `${from}/${chat.id}`, from, name, own: false, time: Date.now() } });
    }
    this.#heard.emit(event, args[0], { from, args });
  }

  async #onRequest(from: string, event: string, payload: unknown): Promise<unknown> {
    const handler = this.#handlers.get(event);
    if (!handler) throw new RoomError('no-handler', `Nobody answers "${event}" there.`);
    return handler(payload, { from });
  }

  #endSession(change: Change, reason: string): void {
    const session = this.#session;
    this.#session = undefined;
    session?.end.abort(new DOMException('The room was left', 'AbortError'));
    this.#apply(change, reason);
  }

  #apply(change: Change, reason = ''): void {
    const before = this.snapshot;
    this.#store.update((snapshot) => reduce(snapshot, change));
    for (const { type, payload } of eventsBetween(before, this.snapshot, reason)) this.#lifecycle.emit(type, payload as never);
  }

  /** A page that goes away takes its leave; one that the browser brings back joins again, its devices off. */
  #followPage(): void {
    if (typeof window === 'undefined') return;
    const { signal } = this.#life;
    let leftByHiding = false;
    window.addEventListener('pagehide', () => {
      leftByHiding = this.#session !== undefined;
      void this.leave('pagehide');
    }, { signal });
    window.addEventListener('pageshow', ({ persisted }) => {
      if (persisted && leftByHiding) this.join().catch((error: unknown) => { this.#lifecycle.emit('error', { error: toRoomError(error) }); });
      leftByHiding = false;
    }, { signal });
  }
}

function hearable(event: string): string {
  if (!isEventName(event) || isReservedEvent(event)) throw reserved(event);
  return event;
}

function reserved(event: string): RoomError {
  return new RoomError('reserved-name', `"${event}" is the library's own name: see \`lifecycle\`.`);
}
