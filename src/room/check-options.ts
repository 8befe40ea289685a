import { isRoomId } from '../protocol/primitives.ts';
import { RoomError } from '../shared/errors.ts';
import type { TopologyContext } from '../topology/topology.ts';
import type { RoomOptions } from './room-options.ts';

type Checked = Pick<TopologyContext, 'server' | 'roomId' | 'displayName' | 'relayOnly' | 'log'>;

/** What a join needs of the options. @throws RoomError `no-server`, `invalid-room`. */
export function checkOptions(
  { server, name, displayName, relayOnly = false, privateName = false, log = () => undefined }: RoomOptions,
): Checked {
  if (!server) throw new RoomError('no-server', 'Give the URL of a relay: `server`.');
  if (!isRoomId(name)) throw new RoomError('invalid-room', 'A room name has 1 to 64 letters, digits, "_" or "-".');
  return { server, roomId: name, displayName: privateName ? undefined : displayName, relayOnly, log };
}
