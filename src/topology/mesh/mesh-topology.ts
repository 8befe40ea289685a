import { encodeEvent } from '../../channels/exchange.ts';
import { countMedia } from '../../media/sender-sync.ts';
import { makeCertificate } from '../../negotiation/certificate.ts';
import { MAX_CONTROL_CHARS, PROTOCOL_VERSION } from '../../protocol/limits.ts';
import { toRoomError } from '../../shared/errors.ts';
import { LazyChannels } from './lazy-channels.ts';
import { MeshInsight } from './mesh-insight.ts';
import { IceServers } from './ice.ts';
import { encodePresence } from './presence.ts';
import { standingOf, tellRelayFacts } from './relay-facts.ts';
import { Roster } from './roster.ts';
import type { Channel, ChannelOptions, RequestOptions, Topology, TopologyContext } from '../topology.ts';
import type { DialectFactory } from '../../peer/dialect.ts';
import type { HostAction, ParticipantId } from '../../protocol/wire.ts';
import type { Signaling } from '../../signaling/signaling.ts';

export interface MeshParts {
  signaling: Signaling;
  loadDialect(kind: 'engine' | 'rtcio'): Promise<DialectFactory>;
}

/** Everyone holds one pc with everyone. The relay says who is here; what a peer is worth shows on the pc. */
export class MeshTopology implements Topology {
  readonly #context: TopologyContext;
  readonly #parts: MeshParts;
  readonly #channels = new LazyChannels();
  readonly #ice: IceServers;
  readonly #roster: Roster;
  readonly insight = new MeshInsight(() => this.#roster.members);

  constructor(context: TopologyContext, parts: MeshParts) {
    const { signaling } = parts;
    this.#context = context;
    this.#parts = parts;
    this.#ice = new IceServers(context, {
      ask: () => signaling.iceServers(),
      onChanged: (list) => { for (const { peer } of this.#roster.members) peer?.setIceServers(list); },
    });
    this.#roster = new Roster({ ...parts, context, channels: this.#channels, ice: this.#ice });
  }

  async join(): Promise<void> {
    const { roomId, displayName, publications, onFact } = this.#context;
    const { signaling } = this.#parts;
    signaling.connect(); // Meanwhile the key is made.
    const certificate = await makeCertificate();
    this.#context.scope.throwIfAborted(); // Left meanwhile: whoever joined now would stay for ever.
    tellRelayFacts(signaling.events, this.#context); // Of a waiting room, too.
    const joined = await signaling.join({
      roomId, engine: { v: PROTOCOL_VERSION }, fp: certificate.fp, presence: encodePresence(countMedia(publications)),
      ...(displayName && { name: displayName }),
    });
    this.#ice.take(joined);
    this.#roster.joined({ id: joined.id, certificate }, joined);
    onFact({ type: 'joined', id: joined.id, standing: standingOf(joined) });
  }

  leave(reason: string): void {
    this.#channels.close();
    this.#roster.leave(reason);
    this.#parts.signaling.leave();
  }

  emit(to: ParticipantId | undefined, event: string, args: readonly unknown[]): void {
    const frame = encodeEvent(event, args, MAX_CONTROL_CHARS);
    if (to !== undefined) { this.#roster.member(to).emit(frame); return; }
    // Whoever can be told is told: one participant's full queue silences nobody else, and a repeated emit doubles nothing.
    for (const member of this.#roster.members) {
      try {
        member.emit(frame);
      } catch (error) {
        this.#context.onFact({ type: 'error', error: toRoomError(error) });
      }
    }
  }

  async request(to: ParticipantId, event: string, payload: unknown, options: RequestOptions): Promise<unknown> {
    return this.#roster.member(to).dialect.request(event, payload, options);
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
