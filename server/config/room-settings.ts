import { DEFAULTS } from '../defaults.ts';
import { ROOM_BOUNDS } from '../room-rules.ts';
import { list, onOff, whole } from './setting.ts';

/** Who may do what in a room (`RoomOptions`). */
export const roomSettings = {
  createRoles: list({
    about: 'roles that may enter a room that has nobody; others: `forbidden`', example: 'host', defaultText: 'all',
  }),
  hostRoles: list({
    about: 'roles that make a host, who may let in, remove, mute, lock and end',
    example: 'host,teacher', default: [...DEFAULTS.hostRoles],
  }),
  waitingRoom: onOff({ about: 'who is no host waits until one lets them in' }),
  knockMs: whole({
    about: 'how long one may wait to be let in; then: `knock-refused`', example: '300000', default: DEFAULTS.knockMs,
  }, ROOM_BOUNDS.knockMs),
  maxKnocks: whole({
    about: 'how many may wait at one room; beyond: `rate-limited`', example: '16', default: DEFAULTS.maxKnocks,
  }, ROOM_BOUNDS.maxKnocks),
  banMs: whole({
    about: 'how long the subject (or the JWT) of someone removed stays out of the room',
    example: '600000', default: DEFAULTS.banMs,
  }, ROOM_BOUNDS.banMs),
  endedMs: whole({
    about: 'how long a room that a host ended is open for hosts only', example: '60000', default: DEFAULTS.endedMs,
  }, ROOM_BOUNDS.endedMs),
};
