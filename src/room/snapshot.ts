/**
 * What is known of a room at one moment: frozen, plain data that elements select from. Only `reducer.ts` makes new ones.
 */
import type { DeviceView } from '../media/devices.ts';
import type { CaptureView } from '../media/local-media.ts';
import type { RoomError } from '../shared/errors.ts';
import type { IdentityLevel, ParticipantState, TrackView } from '../topology/views.ts';
import type { ParticipantId } from '../protocol/wire.ts';

export type { CaptureView } from '../media/local-media.ts';
export type { DeviceView } from '../media/devices.ts';
export type { IdentityLevel, ParticipantState, SourceName, TrackView } from '../topology/views.ts';

/**
 * `idle` before the first join and after a leave; `reconnecting` while the relay is out of reach (calls go on meanwhile).
 */
export type RoomState = 'idle' | 'joining' | 'joined' | 'reconnecting' | 'leaving';

export interface ParticipantView {
  readonly id: ParticipantId;
  /** As the participant gave it, cleaned; may be empty; not unique. */
  readonly name: string;
  readonly state: ParticipantState;
  /** Why the state is what it is, where there is something to say (`silent`, `ice-failed`, `no-path` …). */
  readonly reason?: string;
  readonly identity: IdentityLevel;
  /** `rtcio` for a client of rtc.io 1.x. */
  readonly kind: 'engine' | 'rtcio';
  readonly tracks: readonly TrackView[];
}

export interface LocalView {
  /** Empty until joined. */
  readonly id: ParticipantId;
  readonly name: string;
  readonly camera: CaptureView;
  readonly microphone: CaptureView;
  readonly screen: CaptureView;
  /** What is published, the page's own streams included; before the join too (this is what a preview shows). */
  readonly tracks: readonly TrackView[];
}

export interface ChatMessage {
  readonly id: string;
  readonly from: ParticipantId;
  /** The sender's name when the message came, so that a line keeps its author after they left. */
  readonly name: string;
  readonly own: boolean;
  /** Plain text, at most 4,000 characters. */
  readonly text: string;
  /** Epoch milliseconds on this machine when it was sent or received. */
  readonly time: number;
}

export interface RoomSnapshot {
  /** The room's name. */
  readonly name: string;
  readonly state: RoomState;
  /** Why the last join failed or the room was left against one's will; cleared by the next join. */
  readonly error?: RoomError;
  readonly local: LocalView;
  /** In the order they were announced. */
  readonly participants: readonly ParticipantView[];
  /** The newest 500. */
  readonly messages: readonly ChatMessage[];
  /** Labels and ids are empty until a device was allowed once. */
  readonly devices: readonly DeviceView[];
}
