import { encodeEvent } from '../../channels/encode.ts';
import { Later } from '../../channels/frame-queue.ts';
import { countMedia } from '../../media/sender-sync.ts';
import { makeCertificate } from '../../negotiation/certificate.ts';
import { PROTOCOL_VERSION } from '../../protocol/limits.ts';
import { HISTORY } from '../../protocol/talk.ts';
import { toRoomError } from '../../shared/errors.ts';
import { INTERNALS } from '../../shared/internals.ts';
import { LazyChannels } from './lazy-channels.ts';
import { LazyVouches } from './lazy-vouches.ts';
import { meshBackchannel } from './mesh-backchannel.ts';
import { MeshInsight } from './mesh-insight.ts';
import { IceServers } from './ice.ts';
import { encodePresence } from './presence.ts';
import { tellRelayFacts } from './relay-facts.ts';
import { Roster } from './roster.ts';
import type { Channel, ChannelOptions, EmitOptions, RequestOptions, TalkPort, Topology, TopologyContext } from '../topology.ts';
import type { DialectFactory } from '../../peer/dialect.ts';
import type { Backchannel } from '../../protocol/spoken.ts';
import type { HostAction, ParticipantId } from '../../protocol/wire.ts';
import type { Signaling } from '../../signaling/signaling.ts';
import type { Member } from './member.ts';

export interface MeshParts {
  signaling: Signaling;
  loadDialect(kind: 'engine' | 'rtcio'): Promise<DialectFactory>;
}

/** For `rtc-elements/debug`. */
export interface MeshInternals { readonly signaling: Signaling; readonly members: Iterable<Member> }

/** Everyone holds one pc with everyone. The relay says who is here; what a peer is worth shows on the pc. */
export class MeshTopology implements Topology {
  readonly #context: TopologyContext;
  readonly #parts: MeshParts;
  readonly #channels: LazyChannels;
  readonly #ice: IceServers;
  readonly #roster: Roster;
  readonly #vouches: LazyVouches;
  readonly insight: MeshInsight;
  readonly talk: TalkPort = {
    tell: (id, args) => { this.#roster.find(id)?.peer?.dialect.talk?.(args); },
    history: (id, question, options) => this.request(id, HISTORY, question, options),
  };

  constructor(context: TopologyContext, parts: MeshParts) {
    const { signaling } = parts;
    this.#context = context;
    this.#parts = parts;
    this.#channels = new LazyChannels(context.scope, [
      (id, name) => { context.onChannelWanted(id, name); }, (error) => { this.#onError(error); },
    ]);
    this.#ice = new IceServers(context, {
      ask: () => signaling.iceServers(),
      onChanged: (list) => { for (const { peer } of this.#roster.members) peer?.setIceServers(list); },
    });
    this.insight = new MeshInsight(() => this.#roster.members, this.#ice);
    this.#vouches = new LazyVouches(context, signaling);
    this.#roster = new Roster({ ...parts, context, channels: this.#channels, ice: this.#ice, vouches: this.#vouches });
  }

  async join(): Promise<void> {
    const { roomId, displayName, publications } = this.#context;
    const { signaling } = this.#parts;
    signaling.connect(); // Meanwhile the key is made.
    const certificate = await makeCertificate();
    this.#context.scope.throwIfAborted(); // Left meanwhile: whoever joined now would stay for ever.
    tellRelayFacts(signaling.events, this.#context); // Of a waiting room, too.
    this.#roster.listen();
    const joined = await signaling.join({
      roomId, engine: { v: PROTOCOL_VERSION }, fp: certificate.fp, presence: encodePresence(countMedia(publications)),
      ...(displayName && { name: displayName }),
    }, this.#vouches.present(certificate.fp));
    this.#vouches.joined(certificate.fp, joined);
    this.#ice.take(joined);
    this.#roster.joined(certificate, joined);
  }

  get [INTERNALS](): MeshInternals {
    return { signaling: this.#parts.signaling, members: this.#roster.members };
  }

  get backchannel(): Backchannel | undefined {
    return meshBackchannel(this.#context.roomId, this.#roster, this.#vouches);
  }

  leave(reason: string): void {
    this.#channels.close();
    this.#roster.leave(reason);
    this.#parts.signaling.leave();
  }

  emit(to: ParticipantId | undefined, event: string, args: readonly unknown[], options: EmitOptions = {}): void {
    const item = encodeEvent(event, args, this.#context.limits.eventBytes);
    if (item instanceof Later) item.ready.catch((error: unknown) => { this.#onError(error); });
    if (to !== undefined) { this.#roster.member(to).emit(item, options); return; }
    // Whoever can be told is told: one participant's full queue silences nobody else, and a repeated emit doubles nothing.
    for (const member of this.#roster.members) {
      try {
        member.emit(item, options);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  /** Of something that nobody awaits. */
  #onError(error: unknown): void {
    this.#context.onFact({ type: 'error', error: toRoomError(error) });
  }

  async request(to: ParticipantId, event: string, payload: unknown, options: RequestOptions): Promise<unknown> {
    return this.#roster.member(to).request(event, payload, options);
  }

  async openChannel(to: ParticipantId | undefined, name: string, options: ChannelOptions): Promise<Channel> {
    if (to !== undefined) this.#roster.member(to);
    return this.#channels.open(name, options, to);
  }

  emitToRelay(event: string, body: unknown): Promise<unknown> {
    return this.#parts.signaling.emit(event, body);
  }

  moderate(action: HostAction): Promise<void> {
    return this.#parts.signaling.moderate(action);
  }

  renewToken(token: string): Promise<number | undefined> {
    return this.#parts.signaling.renew(token);
  }
}
