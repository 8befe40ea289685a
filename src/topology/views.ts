/** The parts of a snapshot that a topology itself makes. */

/** What the app and the elements name a source; any other word is an app's own. */
export type SourceName = 'camera' | 'microphone' | 'screen' | (string & {});

/** One picture or sound of a participant. */
export interface TrackView {
  /** Stable while the publication lasts. */
  readonly id: string;
  readonly source: SourceName;
  readonly kind: 'audio' | 'video';
  /** False while the publisher has it switched off: show initials, play nothing. */
  readonly live: boolean;
  /** Absent until media was negotiated. */
  readonly track?: MediaStreamTrack;
  /** What the publisher said of it. Untrusted when it is another's. */
  readonly metadata?: unknown;
}

/**
 * `connecting` no path yet; `connected`; `interrupted` silent for a while, may come back; `gone` in the last view of someone,
 * which `participant-left` hands over, never in a snapshot.
 */
export type ParticipantState = 'connecting' | 'connected' | 'interrupted' | 'gone';
/** What is known about who this is (docs/security.md). */
export type IdentityLevel = 'unverified' | 'linked' | 'vouched' | 'verified';

/** Someone who asks to be let in; the id is the one they will have. */
export interface KnockView { readonly id: string; readonly name: string }
