import { KEPT_BYTES, MAX_CONTROL_CHARS } from '../protocol/limits.ts';
import { peerLimits } from '../protocol/peer-limits.ts';
import { isRoomId } from '../protocol/primitives.ts';
import { RoomError } from '../shared/errors.ts';
import type { TopologyContext } from '../topology/topology.ts';
import type { RoomOptions } from './room-options.ts';

type Checked = Pick<TopologyContext, 'server' | 'roomId' | 'displayName' | 'relayOnly' | 'limits' | 'keptBytes' | 'link' | 'log'>;

type Limits = Pick<Checked, 'limits' | 'keptBytes'>;

/** @throws TypeError for a limit that is none. */
export function checkLimits({ limits, keptBytes = KEPT_BYTES }: Pick<RoomOptions, keyof Limits>): Limits {
  if (!(keptBytes >= MAX_CONTROL_CHARS && keptBytes < Infinity)) {
    throw new TypeError(`keptBytes: ${keptBytes} is not ${MAX_CONTROL_CHARS} or more.`);
  }
  return { limits: peerLimits(limits), keptBytes };
}

/** What a join needs of the options. @throws RoomError `no-server`, `invalid-room`; TypeError for a limit that is none. */
export function checkOptions(options: RoomOptions): Checked {
  const { server, name, displayName, relayOnly = false, privateName = false, linkSecret } = options;
  const { log = () => undefined } = options;
  if (!server) throw new RoomError('no-server', 'Give the URL of a relay: `server`.');
  if (!isRoomId(name)) throw new RoomError('invalid-room', 'A room name has 1 to 64 letters, digits, "_" or "-".');
  return {
    server, roomId: name, displayName: privateName ? undefined : displayName, relayOnly, log, ...checkLimits(options),
    link: linkSecret === undefined ? undefined : { secret: linkSecret, hidesName: !options.token && !options.getToken },
  };
}
