import { parseIceConfiguration } from '../src/protocol/parse.ts';
import type { IceConfiguration, IceServer } from '../src/protocol/wire.ts';

/**
 * What a join and `#rtcio:ice-servers` hand out. No third party's server stands here unless the operator lists it.
 * @throws TypeError for an entry that is not an ICE server (W3C WebRTC section 4.2.4).
 */
export function createIceSource(iceServers: readonly IceServer[] = []): (stunPort?: number) => IceConfiguration {
  const parsed = parseIceConfiguration({ iceServers }).iceServers;
  if (parsed.length !== iceServers.length) {
    throw new TypeError('iceServers has an entry without a stun: or turn: URL, or more than 16');
  }
  return (stunPort) => ({ iceServers: parsed, ...(stunPort !== undefined && { stunPort }) });
}
