/**
 * The first envelope both ways: each end says whom it takes itself and the other to be, and under which keys, and both
 * compare all of it with their own view before anything else is heard, shown or sent. It stops misbinding (RFC 8844).
 */
import { MAX_CONTROL_CHARS, PROTOCOL_VERSION } from '../protocol/limits.ts';
import { GESTURES_FEATURE, RECORDING } from '../protocol/gesture.ts';
import { FRAMES_FEATURE } from '../protocol/packed-kind.ts';
import { SHOWN_FEATURE } from '../protocol/shown.ts';
import { VERIFY_FEATURE } from '../protocol/spoken.ts';
import { TALK_FEATURE } from '../protocol/talk.ts';
import { PEER_LIMITS } from '../protocol/peer-limits.ts';
import type { Hello, Progress } from '../protocol/control.ts';

export interface HelloParty {
  readonly id: string;
  readonly fp: string;
  /** SHA-256 of their vouch and of the one before, which a renewal may not have replaced everywhere; absent: none. */
  readonly vouch?: string | undefined;
}

/** How one end sees the pair. */
export interface PairView {
  readonly room: string;
  readonly self: HelloParty;
  readonly peer: HelloParty;
}

/** Knows which vouch of ours it holds. */
const VOUCH_FEATURE = 'vouch';
/** What came after version 1 (tracks, requests, channels, goodbye), for use only where both ends know it. */
const FEATURES: readonly string[] = [
  VOUCH_FEATURE, SHOWN_FEATURE, VERIFY_FEATURE, FRAMES_FEATURE, TALK_FEATURE, GESTURES_FEATURE, RECORDING,
];

/** @param progress of the exchange with them, where this end counts */
export function makeHello({ room, self, peer }: PairView, progress?: Progress, limits = PEER_LIMITS): Hello {
  const { eventsPerSecond, eventsBurst, eventBytes } = limits;
  return {
    v: PROTOCOL_VERSION, features: [...FEATURES], room,
    limits: { frameChars: MAX_CONTROL_CHARS, eventsPerSecond, eventsBurst, eventBytes },
    from: self.id, to: peer.id, fpFrom: self.fp, fpTo: peer.fp, vouchFrom: self.vouch ?? '', vouchTo: peer.vouch ?? '',
    ...(progress && { progress }),
  };
}

/** @returns the first field in which the peer's view is not ours, or `undefined` when we agree. */
export function helloMismatch(hello: Hello, { room, self, peer }: PairView): keyof Hello | undefined {
  const expected = { room, from: peer.id, to: self.id, fpFrom: peer.fp, fpTo: self.fp };
  const differs = (Object.keys(expected) as (keyof typeof expected)[]).find((key) => hello[key] !== expected[key]);
  if (differs) return differs;
  if (!meansSame(hello.vouchFrom, peer.vouch)) return 'vouchFrom';
  return hello.features.includes(VOUCH_FEATURE) && !meansSame(hello.vouchTo, self.vouch) ? 'vouchTo' : undefined;
}

/** One of the two that each end names. */
function meansSame(one: string, other = ''): boolean {
  return one.split(' ').some((hash) => other.split(' ').includes(hash));
}
