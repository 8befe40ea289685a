/** Everything that begins with this is the protocol's own, on every road. */
export const INTERNAL_PREFIX = '#rtcio:';

/** Names that only this library may fire here; a peer or a relay that sends one is dropped and counted. */
const LOCAL_ONLY: ReadonlySet<string> = new Set([
  'peer-connect', 'peer-disconnect', 'track-added', 'track-removed',
  'participant-joined', 'participant-left', 'state-changed', 'error',
  // What socket.io itself fires on a client, and refuses to emit.
  'connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener',
]);

/** The relay's own events: an app can neither send nor hear them through `server.emit` and `server.on`. */
const RELAY_EVENTS: ReadonlySet<string> = new Set(['join-room', 'leave-room', 'user-connected', 'user-disconnected']);

/** Whether an application may neither emit nor receive an event of this name. */
export function isReservedEvent(name: string): boolean {
  return name.startsWith(INTERNAL_PREFIX) || LOCAL_ONLY.has(name);
}

/** As {@link isReservedEvent}, for events between an app and its relay. */
export function isReservedRelayEvent(name: string): boolean {
  return isReservedEvent(name) || RELAY_EVENTS.has(name);
}
