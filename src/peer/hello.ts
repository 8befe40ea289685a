/**
 * The first envelope both ways: each end says whom it takes itself and the other to be, and under which keys, and both
 * compare all of it with their own view before anything else is heard, shown or sent. It stops misbinding (RFC 8844).
 */
import { PROTOCOL_VERSION } from '../protocol/limits.ts';
import type { Hello, ReceiveLimits } from '../protocol/control.ts';

/** How one end sees the pair. */
export interface PairView {
  readonly room: string;
  readonly self: { readonly id: string; readonly fp: string };
  readonly peer: { readonly id: string; readonly fp: string };
}

/** What both ends must know before one of them uses it. */
export const FEATURES = ['requests', 'tracks', 'goodbye', 'channels'] as const;

export function makeHello({ room, self, peer }: PairView, limits: ReceiveLimits): Hello {
  return {
    v: PROTOCOL_VERSION, features: [...FEATURES], limits, room,
    from: self.id, to: peer.id, fpFrom: self.fp, fpTo: peer.fp, vouchFrom: '', vouchTo: '',
  };
}

/** @returns the first field in which the peer's view is not ours, or `undefined` when we agree. */
export function helloMismatch(hello: Hello, { room, self, peer }: PairView): keyof Hello | undefined {
  const expected = { room, from: peer.id, to: self.id, fpFrom: peer.fp, fpTo: self.fp, vouchFrom: '', vouchTo: '' };
  return (Object.keys(expected) as (keyof typeof expected)[]).find((key) => hello[key] !== expected[key]);
}
