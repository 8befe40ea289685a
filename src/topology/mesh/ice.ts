import type { IceConfiguration, IceServer } from '../../protocol/wire.ts';

/** What the relay offers, and the relay's own STUN responder under the host by which it was reached. */
export function iceServersOf({ iceServers, stunPort }: IceConfiguration, server: string): IceServer[] {
  const { hostname } = new URL(server, location.href);
  return stunPort === undefined ? iceServers : [...iceServers, { urls: `stun:${hostname}:${stunPort}` }];
}
