/** A topology without a network, for tests of whatever stands on a room: it says what the test tells it to. */
import { RoomError } from '../shared/errors.ts';
import type { Fact, HostAction, Standing, TalkPort, Topology, TopologyContext, TopologyFactory } from './topology.ts';

export interface Sent { to: string | undefined; event: string; args: readonly unknown[] }

export class FakeTopology implements Topology {
  /** The one that the room made last. */
  static latest: FakeTopology | undefined;
  static readonly factory: TopologyFactory = (context) => (FakeTopology.latest = new FakeTopology(context));
  /** What the next `join` does; resolves at once by default. */
  static joining: () => Promise<void> = () => Promise.resolve();
  /** What the relay says to a new token; takes it by default, for ever. */
  static renewing: (token: string) => Promise<number | undefined> = () => Promise.resolve(undefined);
  /** What the relay says of us at the next `join`. */
  static standing: Standing | undefined;

  readonly context: TopologyContext;
  readonly sent: Sent[] = [];
  readonly asked: HostAction[] = [];
  /** What was told beside the chat. */
  readonly told: { to: string; args: readonly unknown[] }[] = [];
  /** What participants answer who are asked what was said, by id. */
  readonly histories = new Map<string, (question: unknown) => unknown>();
  readonly talk: TalkPort = {
    tell: (to, args) => { this.told.push({ to, args }); },
    history: async (id, question) => Promise.resolve(this.histories.get(id)?.(question) ?? this.request(id)),
  };
  readonly tokens: string[] = [];
  left: string | undefined;

  constructor(context: TopologyContext) {
    this.context = context;
  }

  /** Tells the room a fact. */
  tell(fact: Fact): void {
    this.context.onFact(fact);
  }

  /** Someone comes in and is connected. */
  arrive(id: string, name = id): void {
    this.tell({ type: 'participant-announced', id, name, kind: 'engine' });
    this.tell({ type: 'participant-state', id, state: 'connected', levels: [] });
  }

  /** Someone says something. */
  say(from: string, event: string, ...args: unknown[]): void {
    this.context.onEvent(from, event, args);
  }

  async join(): Promise<void> {
    await FakeTopology.joining();
    const { standing } = FakeTopology;
    this.tell({ type: 'joined', id: 'me', ...(standing && { standing }) });
  }

  leave(reason: string): void {
    this.left = reason;
  }

  emit(to: string | undefined, event: string, args: readonly unknown[]): void {
    this.sent.push({ to, event, args });
  }

  request(to: string): Promise<unknown> {
    return Promise.reject(new RoomError('unknown-participant', `${to} is not here.`));
  }

  openChannel(): Promise<never> {
    return Promise.reject(new RoomError('channel-closed', 'A fake topology has no channels.'));
  }

  moderate(action: HostAction): Promise<void> {
    this.asked.push(action);
    return Promise.resolve();
  }

  renewToken(token: string): Promise<number | undefined> {
    this.tokens.push(token);
    return FakeTopology.renewing(token);
  }

  emitToRelay(event: string): Promise<unknown> {
    return Promise.reject(new RoomError('unknown-event', `Nobody handles "${event}".`));
  }
}
