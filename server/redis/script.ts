import { RELAYS } from './script-relays.ts';
import { ROOMS } from './script-rooms.ts';

/**
 * What decides, atomically, inside Redis (Lua 5.1; Redis 6.2 or newer, Valkey). KEYS[1]: the prefix; ARGV: what to do, and with
 * what (JSON). Answers `{answer, seq}`: the code of a refusal, and the number of the last change; empty where there is none.
 *
 * Each change counts the room's `seq` up by one and is published with it. A room that begins takes the time in microseconds, so
 * that no number ever comes again, also where Redis came back empty.
 */
export const SCRIPT = `${ROOMS}${RELAYS}
if a.room then go(a.room) end
local answer = ops[ARGV[1]]()
return { answer, last }
`;
