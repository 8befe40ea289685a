import { Emitter } from '../shared/emitter.ts';
import { RoomError, toRoomError } from '../shared/errors.ts';
import { childScope, within } from '../shared/scope.ts';
import { Store } from '../shared/store.ts';
import { CHAT_EVENT, Chat } from './chat.ts';
import { hearable } from './event-names.ts';
import { followPage } from './follow-page.ts';
import { Hearing } from './hearing.ts';
import { Moderation } from './moderation.ts';
import { initialSnapshot, reduce } from './reducer.ts';
import { eventsBetween } from './room-events.ts';
import { recipient } from './recipient.ts';
import { RelayPort } from './relay-port.ts';
import { RoomMedia } from './room-media.ts';
import { RoomStats } from './room-stats.ts';
import { openSession } from './session.ts';
import type { CaptureOptions, CaptureSource } from '../media/capture.ts';
import type { Display } from '../media/viewing.ts';
import type { ListenOptions } from '../shared/emitter.ts';
import type { ReadableStore } from '../shared/store.ts';
import type {
  Channel, ChannelOptions, Publication, PublicationInit, Topology, TopologyFactory,
} from '../topology/topology.ts';
import type { Change } from './reducer.ts';
import type { RoomEvents } from './room-events.ts';
import type { EventListener, EventMap, EventOf, Recipient, RequestHandler, RoomOptions } from './room-options.ts';
import type { Session } from './session.ts';
import type { RoomSnapshot } from './snapshot.ts';

/**
 * My view of a named set of participants: a handle that stays the same over joins, leaves and reconnects.
 *
 * Three separate emitters: `on` hears participants, `server.on` hears the relay's operator, `lifecycle.on` hears the
 * library. No name on one of them can be fired from another.
 */
export class Room<Events extends object = EventMap> implements ReadableStore<RoomSnapshot> {
  readonly #store: Store<RoomSnapshot>;
  readonly #lifecycle = new Emitter<RoomEvents>();
  readonly #hearing = new Hearing();
  readonly #chat = new Chat((message) => { this.#apply({ type: 'message', message }); });
  readonly #topologyFactory: TopologyFactory;
  readonly #life = new AbortController();
  readonly #media = new RoomMedia((change) => {
    this.#apply(change);
    if (change.type === 'capture' && change.view.error) this.#lifecycle.emit('error', { error: change.view.error });
  }, this.#life.signal);
  #options: RoomOptions;
  #session: Session | undefined;

  constructor(options: RoomOptions, topologyFactory: TopologyFactory) {
    this.#options = { ...options };
    this.#topologyFactory = topologyFactory;
    this.#store = new Store(initialSnapshot(options.name, options.displayName ?? ''));
  }

  get snapshot(): RoomSnapshot {
    return this.#store.snapshot;
  }

  subscribe(listener: (snapshot: RoomSnapshot) => void, options?: ListenOptions): () => void {
    return this.#store.subscribe(listener, options);
  }

  /** What the library itself tells. */
  readonly lifecycle: Pick<Emitter<RoomEvents>, 'on' | 'once' | 'off'> = this.#lifecycle;

  /** To and from the relay's operator. */
  readonly server = new RelayPort((event, body) => this.#topology().emitToRelay(event, body));

  /** What a host may ask of the relay: `snapshot.local.host`. */
  readonly moderate = new Moderation(async (action) => this.#topology().moderate(action));

  readonly stats = new RoomStats({ snapshot: () => this.snapshot, insight: () => this.#session?.topology.insight });

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
    followPage(end.signal, () => { void this.leave('pagehide'); }, () => { this.#rejoin(); });
    try {
      this.#session = this.#openSession(end);
      await within(end.signal, this.#session.topology.join());
    } catch (error) {
      if (end.signal.aborted) throw error;
      const failure = toRoomError(error);
      end.abort();
      this.#endSession({ type: 'join-failed', error: failure }, failure.code);
      throw failure;
    }
  }

  /**
   * Another token, for the call that goes on and for what is joined later.
   * @throws RoomError `unauthorized`, `token-expired`, … with the relay's code.
   */
  async renewToken(token: string): Promise<void> {
    await this.#session?.renewal.renew(token);
    this.#options.token = token;
  }

  /** Says goodbye, closes every connection and every device that was opened here. Streams the page published stay its own. */
  leave(reason = 'leave'): Promise<void> {
    this.#media.stopAll();
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
    this.#life.abort();
  }

  /** Opens a device, or the browser's choice of a screen. Before the join too. @throws RoomError (see `capture`), AbortError. */
  async enable(source: CaptureSource, options: CaptureOptions = {}): Promise<void> {
    await this.#media.enable(source, options);
  }

  disable(source: CaptureSource): void {
    this.#media.disable(source, { keepOpen: this.#session !== undefined });
  }

  /** Reads what can be chosen from; from then on the snapshot follows what is plugged and unplugged. */
  refreshDevices(): Promise<void> {
    return this.#media.refreshDevices();
  }

  /** Offers a stream of the page's own; it is never stopped here. @throws RoomError `source-taken`. */
  publish(init: PublicationInit): Publication {
    return this.#media.publications.add(init);
  }

  unpublish(publication: Publication): void {
    this.#media.publications.remove(publication);
  }

  /** Says how large this page shows a picture of theirs: they send no more than is seen. `<rtc-video>` does it by itself. */
  show(participant: string, source: string): Display {
    return this.#media.viewing.show(participant, source);
  }

  /** Hears an event of participants: exactly `(payload, {from, args})`. @throws RoomError `reserved-name`. */
  on<E extends EventOf<Events>>(event: E, listener: EventListener<Events[E]>, options?: ListenOptions): () => void {
    return this.#hearing.on(event, listener as EventListener<unknown>, options);
  }

  once<E extends EventOf<Events>>(event: E, listener: EventListener<Events[E]>, options?: ListenOptions): () => void {
    return this.#hearing.once(event, listener as EventListener<unknown>, options);
  }

  off<E extends EventOf<Events>>(event: E, listener: EventListener<Events[E]>): void {
    this.#hearing.off(event, listener as EventListener<unknown>);
  }

  /** To everyone here. @throws RoomError `reserved-name`, `not-joined`, `queue-full`, `message-too-large`, `unserializable`. */
  emit<E extends EventOf<Events>>(event: E, ...args: [payload?: Events[E], ...rest: unknown[]]): void {
    this.#topology().emit(undefined, hearable(event), args);
  }

  to(participant: string): Recipient<Events> {
    return recipient(participant, () => this.#topology());
  }

  /** Answers requests of participants; one handler an event. @returns a function that ends it. */
  handle(event: string, handler: RequestHandler): () => void {
    return this.#hearing.handle(event, handler);
  }

  /** To everyone here and everyone who comes; both ends open it by name. @throws RoomError `channel-exists`, `not-joined`. */
  async openChannel(name: string, options: ChannelOptions = {}): Promise<Channel> {
    return this.#topology().openChannel(undefined, name, options);
  }

  /**
   * A chat line to everyone.
   * @throws RoomError `message-too-large`, `rate-limited`, `queue-full`, `not-joined`; TypeError for an empty one.
   */
  sendMessage(text: string): void {
    const topology = this.#topology();
    this.#chat.send(text, this.snapshot.local, (payload) => { topology.emit(undefined, CHAT_EVENT, [payload]); });
  }

  #topology(): Topology {
    if (!this.#session) throw new RoomError('not-joined', 'Join the room first.');
    return this.#session.topology;
  }

  #openSession(end: AbortController): Session {
    return openSession(this.#topologyFactory, this.#options, {
      publications: this.#media.publications, viewing: this.#media.viewing,
      onFact: (fact) => { this.#onFact(fact); },
      onEvent: (from, event, args) => {
        if (event === CHAT_EVENT) this.#chat.receive(args[0], this.snapshot.participants.find(({ id }) => id === from));
        this.#hearing.hear(from, event, args);
      },
      onRequest: (from, event, payload) => this.#hearing.answer(from, event, payload),
      onRelayEvent: (event, body) => { this.server.deliver(event, body); },
    }, this.#lifecycle, end);
  }

  #onFact(fact: Change): void {
    if (fact.type === 'participant-gone') for (const memory of [this.#chat, this.#media.viewing]) memory.forget(fact.id);
    this.#session?.renewal.hear(fact);
    if (fact.type === 'mute-asked') this.#media.mute(fact, this.snapshot.local, this.#lifecycle);
    if (fact.type !== 'ended') {
      this.#apply(fact, 'reason' in fact ? fact.reason : undefined);
      if (fact.type === 'error') this.#lifecycle.emit('error', { error: fact.error });
      return;
    }
    const { error } = fact;
    this.#endSession(fact, error.code);
    // The relay no longer knows us (it was away longer than a token lasts): everyone meets anew.
    if (error.code === 'resume-refused') { this.#rejoin(); return; }
    this.#media.stopAll();
    this.#lifecycle.emit('error', { error });
  }

  #rejoin(): void {
    // What is not a refusal is a cancellation: somebody left meanwhile.
    this.join().catch((error: unknown) => { if (error instanceof RoomError) this.#lifecycle.emit('error', { error }); });
  }

  #endSession(change: Change, reason: string): void {
    const session = this.#session;
    this.#session = undefined;
    session?.end.abort();
    this.#apply(change, reason);
  }

  #apply(change: Change, reason = ''): void {
    const before = this.snapshot;
    this.#store.update((snapshot) => reduce(snapshot, change));
    for (const { type, payload } of eventsBetween(before, this.snapshot, reason)) this.#lifecycle.emit(type, payload);
  }
}
