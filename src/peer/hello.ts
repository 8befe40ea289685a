/**
 * The first envelope both ways: each end says whom it takes itself and the other to be, and under which keys, and both
 * compare all of it with their own view before anything else is heard, shown or sent. It stops misbinding (RFC 8844).
 */
import { MAX_CONTROL_CHARS, PROTOCOL_VERSION } from '../protocol/limits.ts';
import { SHOWN_FEATURE } from '../protocol/shown.ts';
import type { Hello, Progress, ReceiveLimits } from '../protocol/control.ts';

/** How one end sees the pair. */
export interface PairView {
  readonly room: string;
  readonly self: { readonly id: string; readonly fp: string };
  readonly peer: { readonly id: string; readonly fp: string };
}

/** What this engine accepts. */
export const LIMITS: ReceiveLimits = { frameChars: MAX_CONTROL_CHARS, eventsPerSecond: 1000, eventsBurst: 2000 };
/** What came after version 1 (tracks, requests, channels, goodbye), for use only where both ends know it. */
const FEATURES: readonly string[] = [SHOWN_FEATURE];

/** @param progress of the exchange with them, where this end counts */
export function makeHello({ room, self, peer }: PairView, progress?: Progress): Hello {
  return {
    v: PROTOCOL_VERSION, features: [...FEATURES], limits: LIMITS, room,
    from: self.id, to: peer.id, fpFrom: self.fp, fpTo: peer.fp, vouchFrom: '', vouchTo: '',
    ...(progress && { progress }),
  };
}

/** @returns the first field in which the peer's view is not ours, or `undefined` when we agree. */
export function helloMismatch(hello: Hello, { room, self, peer }: PairView): keyof Hello | undefined {
  const expected = { room, from: peer.id, to: self.id, fpFrom: peer.fp, fpTo: self.fp, vouchFrom: '', vouchTo: '' };
  return (Object.keys(expected) as (keyof typeof expected)[]).find((key) => hello[key] !== expected[key]);
}
