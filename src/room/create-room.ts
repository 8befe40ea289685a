/** The composition root: the one place that knows every part of the engine. */
import { createMeshTopology } from '../topology/mesh/create-mesh.ts';
import { Room } from './room.ts';
import type { TopologyFactory } from '../topology/topology.ts';
import type { EventMap, RoomOptions } from './room-options.ts';

export interface CreateRoomOptions extends RoomOptions {
  /** How participants reach each other. @default a full mesh of peer connections */
  topology?: TopologyFactory;
}

/** @returns a room in which nothing has happened yet: no connection, no prompt. */
export function createRoom<Events extends object = EventMap>(options: CreateRoomOptions): Room<Events> {
  const { topology = createMeshTopology, ...rest } = options;
  return new Room<Events>(rest, topology);
}
