/** `server: 'loopback'`: the relay is a part of the page, one for each name of a room. Loaded with the first who asks for it. */
import { LoopbackRelay, LoopbackSignaling } from './loopback-signaling.ts';
import type { Signaling } from './signaling.ts';

const relays = new Map<string, LoopbackRelay>();

export function openLoopback(roomId: string): Signaling {
  const relay = relays.get(roomId) ?? new LoopbackRelay();
  relays.set(roomId, relay);
  return new LoopbackSignaling(relay);
}
