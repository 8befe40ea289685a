/** What a diagnosis finds: types only. */
import type { ErrorCode } from '../shared/errors.ts';

/** In the order in which they are made. */
export type Check =
  | 'secure' | 'webrtc' | 'policy' | 'microphone' | 'camera'
  | 'relay' | 'websocket' | 'admission'
  | 'candidates' | 'turn-udp' | 'turn-tcp' | 'loop';

/** Codes are stable: they are added, never changed. Those of errors mean what docs/errors.md says. */
export type FindingCode = ErrorCode
  | 'policy-unknown' | 'permission-ask' | 'websocket-blocked' | 'no-candidates' | 'only-local'
  | 'turn-missing' | 'turn-unreachable' | 'not-run';

/** Neither addresses nor secrets stand in it: it may be sent to whoever helps. */
export interface Finding {
  readonly check: Check;
  /** `warning`: calls work without it, or in many networks; `unknown`: it could not be found out. */
  readonly state: 'good' | 'warning' | 'bad' | 'unknown';
  /** Why it is not good, or what to know although it is. */
  readonly code?: FindingCode;
  /** Of `candidates`: the kinds that came (`host`, `srflx`, `prflx`, `relay`). */
  readonly candidates?: readonly RTCIceCandidateType[];
}

export type Tell = (finding: Finding) => void;
