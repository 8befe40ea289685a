import { checkOptions } from './check-options.ts';
import { TokenRenewal } from './token-renewal.ts';
import type { Emitter } from '../shared/emitter.ts';
import type { Topology, TopologyContext, TopologyFactory } from '../topology/topology.ts';
import type { RoomEvents } from './room-events.ts';
import type { RoomOptions } from './room-options.ts';

/** From a join to the leave. */
export interface Session {
  readonly topology: Topology;
  readonly renewal: TokenRenewal;
  readonly end: AbortController;
}

type FromRoom = 'publications' | 'viewing' | 'onFact' | 'onEvent' | 'onRequest' | 'onRelayEvent';

/** @param room what the topology is given of it, besides the options. @throws RoomError `no-server`, `invalid-room`. */
export function openSession(
  factory: TopologyFactory, options: RoomOptions, room: Pick<TopologyContext, FromRoom>,
  lifecycle: Emitter<RoomEvents>, end: AbortController,
): Session {
  const scope = end.signal;
  const topology = factory({
    ...room, ...checkOptions(options), scope,
    getToken: options.getToken ?? (() => options.token),
    onFact: (fact) => { if (!scope.aborted) room.onFact(fact); },
  });
  return { topology, end, renewal: new TokenRenewal({ topology, getToken: options.getToken, lifecycle, scope }) };
}
