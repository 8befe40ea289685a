import { checkOptions } from './check-options.ts';
import { TokenRenewal } from './token-renewal.ts';
import { callSafely } from '../shared/emitter.ts';
import type { Emitter } from '../shared/emitter.ts';
import type { Fact, Topology, TopologyContext, TopologyFactory } from '../topology/topology.ts';
import type { TrackView } from '../topology/views.ts';
import type { RoomEvents } from './room-events.ts';
import type { RoomOptions } from './room-options.ts';

/** From a join to the leave. */
export interface Session {
  readonly topology: Topology;
  readonly renewal: TokenRenewal;
}

type FromRoom =
  'publications' | 'viewing' | 'gestures' | 'onFact' | 'onEvent' | 'onRequest' | 'onRelayEvent' | 'onDropped' | 'onVerify'
  | 'onGesture' | 'onTalk' | 'onChannelWanted';

type Tracks = Extract<Fact, { type: 'participant-tracks' }>;

/** Without the streams that the app takes from nobody, or not from this participant. */
function allowed(fact: Tracks, { sources }: RoomOptions): Tracks {
  if (!sources) return fact;
  const allows = typeof sources === 'function' ? sources : (source: string) => sources.includes(source);
  const tracks: TrackView[] = [];
  for (const track of fact.tracks) callSafely(() => { if (allows(track.source, fact.id)) tracks.push(track); });
  return { ...fact, tracks };
}

/** @param room what the topology is given of it, besides the options. @throws RoomError `no-server`, `invalid-room`. */
export async function openSession(
  factory: TopologyFactory, options: RoomOptions, room: Pick<TopologyContext, FromRoom>,
  lifecycle: Emitter<RoomEvents>, scope: AbortSignal,
): Promise<Session> {
  const topology = await factory({
    ...room, ...checkOptions(options), scope,
    vouching: options,
    getToken: options.getToken ?? (() => options.token),
    onFact: (fact) => { if (!scope.aborted) room.onFact(fact.type === 'participant-tracks' ? allowed(fact, options) : fact); },
  });
  return { topology, renewal: new TokenRenewal({ topology, getToken: options.getToken, lifecycle, scope }) };
}
