import { Attendance } from './attendance.ts';
import { CHAT_EVENT } from './chat.ts';
import { hearable, openable } from './event-names.ts';
import { Moderation } from './moderation.ts';
import { INTERNALS } from '../shared/internals.ts';
import { recipient, volatile } from './recipient.ts';
import { RelayPort } from './relay-port.ts';
import { RoomStats } from './room-stats.ts';
import type { Finding } from '../diagnosis/finding.ts';
import type { CaptureOptions, CaptureSource } from '../media/capture.ts';
import type { Display } from '../media/viewing.ts';
import type { Emitter, ListenOptions } from '../shared/emitter.ts';
import type { ReadableStore } from '../shared/store.ts';
import type { Reaction } from '../protocol/gesture.ts';
import type { Channel, ChannelOptions, Publication, PublicationInit, Topology, TopologyFactory } from '../topology/topology.ts';
import type { LineOptions } from './chat.ts';
import type { RoomEvents } from './room-events.ts';
import type { RoomFiles } from './room-files.ts';
import type { Emitting, EventListener, EventMap, EventOf, Recipient, RequestHandler, RoomOptions } from './room-options.ts';
import type { RoomVerification } from './room-verification.ts';
import type { RoomSnapshot } from './snapshot.ts';

/**
 * My view of a named set of participants: a handle that stays the same over joins, leaves and reconnects.
 *
 * Three separate emitters: `on` hears participants, `server.on` hears the relay's operator, `lifecycle.on` hears the
 * library. No name on one of them can be fired from another.
 */
export class Room<Events extends object = EventMap, Sent extends object = Events> implements ReadableStore<RoomSnapshot> {
  readonly #attendance: Attendance;

  constructor(options: RoomOptions, topologyFactory: TopologyFactory) {
    this.#attendance = new Attendance(options, topologyFactory, (event, body) => { this.server.deliver(event, body); });
    this.lifecycle = this.#attendance.lifecycle;
    this.files = this.#attendance.files;
  }

  get snapshot(): RoomSnapshot {
    return this.#attendance.snapshot;
  }

  /** @internal */
  get [INTERNALS](): Topology | undefined {
    return this.#attendance.session?.topology;
  }

  subscribe(listener: (snapshot: RoomSnapshot) => void, options?: ListenOptions): () => void {
    return this.#attendance.store.subscribe(listener, options);
  }

  /** What the library itself tells. */
  readonly lifecycle: Pick<Emitter<RoomEvents>, 'on' | 'once' | 'off'>;

  /** To and from the relay's operator. */
  readonly server = new RelayPort((event, body) => this.#attendance.topology.emitToRelay(event, body));

  /** What a host may ask of the relay: `snapshot.local.host`. */
  readonly moderate = new Moderation(async (action) => this.#attendance.topology.moderate(action));

  readonly stats = new RoomStats({ snapshot: () => this.snapshot, insight: () => this.#attendance.session?.topology.insight });

  /**
   * Finds out why it does not connect: the page, devices, relay, TURN, this machine. Tells each finding as it comes. Nobody is
   * prompted, and nobody else notices: outside of a room it enters an empty one, as the same person.
   * @throws the signal's reason
   */
  async diagnose(listener: (finding: Finding) => void, { signal }: ListenOptions = {}): Promise<void> {
    const { diagnoseRoom } = await import('./room-diagnosis.ts');
    await diagnoseRoom(this.#attendance, listener, signal ?? new AbortController().signal);
  }

  /** Files to and from participants, by consent. */
  readonly files: RoomFiles;

  /**
   * The spoken code, by which people find out that nobody stands between them; this end takes part from now on.
   * @throws RoomError `insecure-context`.
   */
  async verify(): Promise<RoomVerification> {
    const verification = await this.#attendance.verification();
    verification.start();
    return verification;
  }

  /** Changes options while not joined. @throws RoomError `already-joined`; TypeError for a limit that is none. */
  configure(options: Partial<RoomOptions>): void {
    this.#attendance.configure(options);
  }

  /**
   * @throws RoomError `already-joined`, `no-server`, `invalid-room`, `relay-unreachable`, `origin-refused`,
   *   `unauthorized`, `room-full`, …; AbortError when left meanwhile. The same error then stands in the snapshot.
   */
  join(): Promise<void> {
    return this.#attendance.join();
  }

  /**
   * Another token, for the call that goes on and for what is joined later.
   * @throws RoomError `unauthorized`, `token-expired`, … with the relay's code.
   */
  renewToken(token: string): Promise<void> {
    return this.#attendance.renewToken(token);
  }

  /** Says goodbye, closes every connection and every device that was opened here. Streams the page published stay its own. */
  leave(reason = 'leave'): Promise<void> {
    this.#attendance.leave(reason);
    return Promise.resolve();
  }

  /** Ends everything, for good. */
  close(): void {
    this.#attendance.close();
  }

  /** Opens a device, or the browser's choice of a screen. Before the join too. @throws RoomError (see `capture`), AbortError. */
  async enable(source: CaptureSource, options: CaptureOptions = {}): Promise<void> {
    await this.#attendance.media.enable(source, options);
  }

  disable(source: CaptureSource): void {
    this.#attendance.media.disable(source, { keepOpen: this.#attendance.session !== undefined });
  }

  /** Reads what can be chosen from; from then on the snapshot follows what is plugged and unplugged. */
  refreshDevices(): Promise<void> {
    return this.#attendance.media.refreshDevices();
  }

  /** Offers a stream of the page's own; it is never stopped here. @throws RoomError `source-taken`. */
  publish(init: PublicationInit): Publication {
    return this.#attendance.media.publications.add(init);
  }

  unpublish(publication: Publication): void {
    this.#attendance.media.publications.remove(publication);
  }

  /** Says how large this page shows a picture of theirs: they send no more than is seen. `<rtc-video>` does it by itself. */
  show(participant: string, source: string): Display {
    return this.#attendance.media.viewing.show(participant, source);
  }

  /** Hears an event of participants: exactly `(payload, {from, args})`. @throws RoomError `reserved-name`. */
  on<E extends EventOf<Events>>(event: E, listener: EventListener<Events[E]>, options?: ListenOptions): () => void {
    return this.#attendance.hearing.on(event, listener as EventListener<unknown>, options);
  }

  once<E extends EventOf<Events>>(event: E, listener: EventListener<Events[E]>, options?: ListenOptions): () => void {
    return this.#attendance.hearing.once(event, listener as EventListener<unknown>, options);
  }

  off<E extends EventOf<Events>>(event: E, listener: EventListener<Events[E]>): void {
    this.#attendance.hearing.off(event, listener as EventListener<unknown>);
  }

  /** To everyone here. @throws RoomError `reserved-name`, `not-joined`, `queue-full`, `message-too-large`, `unserializable`. */
  emit<E extends EventOf<Sent>>(event: E, ...args: [payload?: Sent[E], ...rest: unknown[]]): void {
    this.#attendance.topology.emit(undefined, hearable(event), args);
  }

  /** Dropped, for each, where it would have to wait: while they are interrupted, or more was sent than flows. */
  readonly volatile: Emitting<Sent> = volatile(undefined, () => this.#attendance.topology);

  to(participant: string): Recipient<Sent> {
    return recipient(participant, () => this.#attendance.topology);
  }

  /** What was dropped of what a participant sent, by why; of those who left, too. Reasons may be added. */
  drops(participant: string): Readonly<Record<string, number>> {
    return this.#attendance.drops.of(participant);
  }

  /** Answers requests of participants; one handler an event. @returns a function that ends it. */
  handle<E extends string>(event: E, handler: RequestHandler<E extends keyof Events ? Events[E] : unknown>): () => void {
    return this.#attendance.hearing.handle(event, handler as RequestHandler);
  }

  /**
   * To everyone here and everyone who comes; both ends open it by name.
   * @throws RoomError `channel-exists`, `reserved-name`, `not-joined`.
   */
  async openChannel(name: string, options: ChannelOptions = {}): Promise<Channel> {
    return this.#attendance.topology.openChannel(undefined, openable(name), options);
  }

  /**
   * Everyone sees that it is up, late joiners too, until it is lowered or this end leaves: `hand` in the snapshot.
   * @throws RoomError `not-joined`, `rate-limited`.
   */
  raiseHand(up = true): Promise<void> {
    return this.#attendance.gestures.mark('hand', up);
  }

  /**
   * Everyone sees that this end records, late joiners too, until it is taken back or this end leaves: `recording` of the
   * snapshot. Done once it is said to all who are here; a recording begins after that.
   * @throws RoomError `not-joined`, `rate-limited`.
   */
  announceRecording(on = true): Promise<void> {
    return this.#attendance.gestures.mark('recording', on);
  }

  /** To everyone here: `reaction` of `lifecycle`. @throws RoomError `not-joined`, `rate-limited`; TypeError for another one. */
  react(reaction: Reaction): Promise<void> {
    return this.#attendance.gestures.react(reaction);
  }

  /**
   * A chat line to everyone.
   * @throws RoomError `message-too-large`, `rate-limited`, `queue-full`, `not-joined`; TypeError for an empty one.
   */
  sendMessage(text: string, options: LineOptions = {}): void {
    const { topology, chat } = this.#attendance;
    chat.send(text, options, (payload) => { topology.emit(undefined, CHAT_EVENT, [payload], { urgent: true }); });
  }

  /** Somebody writes a line here, or no more. The others see it for a few seconds: say it again with each key. */
  setTyping(typing: boolean): void {
    this.#attendance.chat.setTyping(typing);
  }

  /** Asks those who are here for what was said before; it comes into `snapshot.messages`, each line with `toldBy`. */
  recallMessages(): void {
    this.#attendance.chat.recall();
  }
}
