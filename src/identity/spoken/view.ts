import type { ParticipantId } from '../../protocol/wire.ts';
import type { SpokenCode } from './code.ts';
import type { Conductor } from './conductor.ts';
import type { Person, Pins } from './pins.ts';

/** With one of them alone: for those who never answer when everybody compares. */
export interface PairView {
  readonly id: ParticipantId;
  /** Absent while it is made, and where they do not answer. */
  readonly code?: SpokenCode;
  readonly state: 'computing' | 'ready' | 'silent' | 'mismatch';
}

/**
 * `off` not asked for; `alone` nobody here who could; `computing`; `ready` there is a code; `stalled` not everyone answers, but
 * perhaps pairs; `mismatch` somebody revealed what they had not committed to, or people saw different codes: do not trust.
 */
export type VerificationState = 'off' | 'alone' | 'computing' | 'ready' | 'stalled' | 'mismatch';

export interface VerificationView {
  readonly state: VerificationState;
  readonly code?: SpokenCode;
  /** Where it stalled. */
  readonly pairs: readonly PairView[];
  /** Who has not answered. */
  readonly missing: readonly ParticipantId[];
  /** Who is here and cannot take part: clients of rtc.io, older engines. */
  readonly unable: readonly ParticipantId[];
  readonly verified: readonly ParticipantId[];
  /** Somebody of this name or subject was verified here under another key. Whoever left and came back has another one, too. */
  readonly rekeyed: readonly ParticipantId[];
  /** The person here said that the codes differ. */
  readonly rejected: boolean;
}

export const NO_VERIFICATION: VerificationView = Object.freeze({
  state: 'off', pairs: [], missing: [], unable: [], verified: [], rekeyed: [], rejected: false,
});

/** What a view is made of. */
export interface ViewParts {
  readonly pins: Pins;
  /** Who can take part. */
  readonly people: readonly Person[];
  readonly present: readonly { readonly id: ParticipantId; readonly state: string }[];
  readonly room: Conductor | undefined;
  readonly pairs: readonly Conductor[];
  readonly wanted: boolean;
  readonly warning: 'differ' | 'tampered' | undefined;
  /** This code is shown from now on. */
  remember(code: SpokenCode): void;
}

export function viewOf({ pins, people, present, room, pairs, wanted, warning, remember }: ViewParts): VerificationView {
  const codeOf = (conductor: Conductor): { code?: SpokenCode } => {
    const { code } = conductor;
    if (code) remember(code);
    return code ? { code } : {};
  };
  const idsOf = (chosen: (person: Person) => boolean) => people.filter(chosen).map(({ id }) => id);
  const stalled = room?.phase === 'stalled';
  return Object.freeze({
    state: warning ? 'mismatch' : stateOf(room, wanted), rejected: warning === 'differ',
    ...(room && codeOf(room)),
    pairs: stalled ? pairs.map((pair) => ({ id: pair.others[0]?.id ?? '', state: pairStateOf(pair), ...codeOf(pair) })) : [],
    missing: stalled ? room.missing : [],
    unable: present.filter((one) => one.state === 'connected' && !people.some(({ id }) => id === one.id)).map(({ id }) => id),
    verified: idsOf((person) => pins.isVerified(person)),
    rekeyed: idsOf((person) => pins.isAnother(person)),
  });
}

function stateOf(room: Conductor | undefined, wanted: boolean): VerificationState {
  if (!room) return wanted ? 'alone' : 'off';
  if (room.phase === 'idle') return wanted ? 'computing' : 'off';
  if (room.phase === 'ready') return room.code ? 'ready' : 'computing';
  return room.phase === 'stalled' ? room.phase : 'computing';
}

function pairStateOf(pair: Conductor): PairView['state'] {
  if (pair.phase === 'stalled') return 'silent';
  if (pair.phase === 'mismatch') return 'mismatch';
  return pair.code ? 'ready' : 'computing';
}
