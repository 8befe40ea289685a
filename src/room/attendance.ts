import { peerLimits } from '../protocol/peer-limits.ts';
import { Emitter, reportUncaught } from '../shared/emitter.ts';
import { RoomError, toRoomError } from '../shared/errors.ts';
import { lazily } from '../shared/load-again.ts';
import { childScope, within } from '../shared/scope.ts';
import { Store } from '../shared/store.ts';
import { HISTORY } from '../protocol/talk.ts';
import { CHAT_EVENT } from './chat.ts';
import { checkLimits } from './check-options.ts';
import { Drops } from './drops.ts';
import { followPage } from './follow-page.ts';
import { Hearing } from './hearing.ts';
import { initialSnapshot, reduce } from './reducer.ts';
import { eventsBetween } from './room-events.ts';
import { RoomChat } from './room-chat.ts';
import { RoomFiles } from './room-files.ts';
import { RoomGestures } from './room-gestures.ts';
import { RoomMedia } from './room-media.ts';
import { openSession } from './session.ts';
import type { Topology, TopologyContext, TopologyFactory } from '../topology/topology.ts';
import type { Change } from './reducer.ts';
import type { RoomEvents } from './room-events.ts';
import type { RoomOptions } from './room-options.ts';
import type { Session } from './session.ts';
import type { RoomSnapshot } from './snapshot.ts';

/** From one join to the leave, and perhaps again: what happens meanwhile becomes state here, and events of the state. */
export class Attendance {
  readonly store: Store<RoomSnapshot>;
  readonly lifecycle = new Emitter<RoomEvents>();
  readonly drops = new Drops();
  readonly hearing = new Hearing((from, reason) => { this.#drop(from, reason); });
  readonly #life = new AbortController();
  readonly media = new RoomMedia((change) => {
    this.#apply(change);
    if (change.type === 'capture' && change.view.error) this.lifecycle.emit('error', { error: change.view.error });
  }, this.#life.signal);
  readonly files = new RoomFiles(() => ({
    room: this.store, limits: this.#options.files ?? {}, scope: this.#life.signal,
    openChannel: async (to, name, options) => this.topology.openChannel(to, name, options),
    dropped: (from) => { this.#drop(from, 'file'); },
  }));
  readonly gestures = new RoomGestures(() => ({
    store: this.store, lifecycle: this.lifecycle,
    apply: (change) => { this.#apply(change); },
    limits: () => peerLimits(this.#options.limits),
    dropped: (from) => { this.#drop(from, 'gesture'); },
  }));
  /** For the first who asks for it, here or elsewhere. */
  readonly verification = lazily(() => import('./room-verification.ts').then(
    ({ RoomVerification }) => new RoomVerification(this, (change) => { this.#apply(change); }, this.#life.signal),
  ), this.#life.signal);
  readonly chat: RoomChat;
  readonly topologyFactory: TopologyFactory;
  readonly #onRelayEvent: TopologyContext['onRelayEvent'];
  #options: RoomOptions;
  #session: Session | undefined;
  /** Of everything from a join to the leave. */
  #end: AbortController | undefined;

  constructor(options: RoomOptions, topologyFactory: TopologyFactory, onRelayEvent: TopologyContext['onRelayEvent']) {
    checkLimits(options);
    this.#options = { ...options };
    this.topologyFactory = topologyFactory;
    this.#onRelayEvent = onRelayEvent;
    this.store = new Store(initialSnapshot(options.name, options.displayName ?? ''));
    this.chat = new RoomChat({
      room: this.store, scope: this.#life.signal,
      apply: (change) => { this.#apply(change); },
      rate: () => {
        const { chatLinesPerSecond: perSecond, chatLinesBurst: burst } = peerLimits(this.#options.limits);
        return { perSecond, burst };
      },
      tellsHistory: () => this.#options.tellHistory ?? true,
      port: () => this.#session?.topology.talk,
      dropped: (from, what) => { this.#drop(from, what); },
    });
  }

  get snapshot(): RoomSnapshot {
    return this.store.snapshot;
  }

  get options(): Readonly<RoomOptions> {
    return this.#options;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** @throws RoomError `not-joined`. */
  get topology(): Topology {
    if (!this.#session) throw new RoomError('not-joined', 'Join the room first.');
    return this.#session.topology;
  }

  configure(options: Partial<RoomOptions>): void {
    this.#mustBeIdle();
    checkLimits(options);
    this.#options = { ...this.#options, ...options };
    this.#apply({ type: 'configured', name: this.#options.name, displayName: this.#options.displayName ?? '' });
  }

  async join(): Promise<void> {
    this.#mustBeIdle();
    const end = (this.#end = childScope(this.#life.signal));
    this.#apply({ type: 'joining' });
    followPage(end.signal, () => { this.leave('pagehide'); }, () => { this.#rejoin(); });
    try {
      await within(end.signal, this.hearing.expect(this.#options.events));
      this.#session = await within(end.signal, this.#openSession(end.signal));
      await within(end.signal, this.#session.topology.join());
    } catch (error) {
      if (end.signal.aborted) throw error;
      const failure = toRoomError(error);
      this.#endSession({ type: 'join-failed', error: failure }, failure.code);
      throw failure;
    }
  }

  async renewToken(token: string): Promise<void> {
    await this.#session?.renewal.renew(token);
    this.#options.token = token;
  }

  leave(reason: string): void {
    this.media.stopAll();
    if (!this.#end) return;
    this.#apply({ type: 'leaving' });
    this.#session?.topology.leave(reason);
    this.#endSession({ type: 'left' }, reason);
  }

  close(): void {
    this.leave('closed');
    this.#life.abort();
  }

  #mustBeIdle(): void {
    if (this.snapshot.state !== 'idle') throw new RoomError('already-joined', 'Leave first.');
  }

  #openSession(scope: AbortSignal): Promise<Session> {
    return openSession(this.topologyFactory, this.#options, {
      publications: this.media.publications, viewing: this.media.viewing, gestures: this.gestures,
      onFact: (fact) => { this.#onFact(fact); },
      onEvent: (from, event, args) => {
        if (event === CHAT_EVENT) this.chat.receive(from, args[0]);
        this.hearing.hear(from, event, args);
      },
      onRequest: (from, event, payload) =>
        (event === HISTORY ? this.chat.tellHistory(from, payload) : this.hearing.answer(from, event, payload)),
      onTalk: (from, args) => { this.chat.hear(from, args); },
      onRelayEvent: this.#onRelayEvent,
      onChannelWanted: (from, name) => { this.files.wanted(from, name); },
      onDropped: (from, reason) => { this.#drop(from, reason); },
      onGesture: (from, args) => { this.gestures.hear(from, args); },
      onVerify: (from, args) => {
        this.verification().then((verification) => {
          if (!verification.hear(from, args)) this.#drop(from, 'verify');
        }, reportUncaught);
      },
    }, this.lifecycle, scope);
  }

  #onFact(fact: Change): void {
    if (fact.type === 'participant-gone') {
      for (const memory of [this.chat, this.media.viewing, this.hearing, this.gestures]) memory.forget(fact.id);
    }
    this.#session?.renewal.hear(fact);
    if (fact.type === 'mute-asked') this.media.mute(fact, this.snapshot.local, this.lifecycle);
    if (fact.type !== 'ended') {
      this.#apply(fact, 'reason' in fact ? fact.reason : undefined);
      if (fact.type === 'error') this.lifecycle.emit('error', { error: fact.error });
      return;
    }
    const { error } = fact;
    this.#endSession(fact, error.code);
    // The relay no longer knows us (it was away longer than a token lasts): everyone meets anew.
    if (error.code === 'resume-refused') { this.#rejoin(); return; }
    this.media.stopAll();
    this.lifecycle.emit('error', { error });
  }

  #drop(from: string, reason: string): void {
    this.drops.count(from, reason, this.#options.log);
  }

  #rejoin(): void {
    // What is not a refusal is a cancellation: somebody left meanwhile.
    this.join().catch((error: unknown) => { if (error instanceof RoomError) this.lifecycle.emit('error', { error }); });
  }

  #endSession(change: Change, reason: string): void {
    const end = this.#end;
    this.#session = this.#end = undefined;
    end?.abort();
    this.gestures.forget();
    this.#apply(change, reason);
  }

  #apply(change: Change, reason = ''): void {
    const before = this.snapshot;
    this.store.update((snapshot) => reduce(snapshot, change));
    for (const { type, payload } of eventsBetween(before, this.snapshot, reason)) this.lifecycle.emit(type, payload);
  }
}
