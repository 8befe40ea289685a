/** The composition root: the one place that knows every part of the engine. */
import { createMeshTopology } from '../topology/mesh/create-mesh.ts';
import { Room } from './room.ts';
import type { EventRules, EventsOf, SentOf } from '../protocol/event-rules.ts';
import type { TopologyFactory } from '../topology/topology.ts';
import type { EventMap, RoomOptions } from './room-options.ts';

export interface CreateRoomOptions extends RoomOptions {
  /** How participants reach each other. @default a full mesh of peer connections */
  topology?: TopologyFactory;
}

/**
 * @returns a room in which nothing has happened yet: no connection, no prompt. Its events are those of `events`, where given.
 * @throws TypeError for a limit that is none.
 */
export function createRoom<const Rules extends EventRules>(
  options: CreateRoomOptions & { events: Rules },
): Room<EventsOf<Rules>, SentOf<Rules>>;
export function createRoom<Events extends object = EventMap>(options: CreateRoomOptions): Room<Events>;
export function createRoom(options: CreateRoomOptions): Room {
  const { topology = createMeshTopology, ...rest } = options;
  return new Room(rest, topology);
}
