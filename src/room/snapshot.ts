/**
 * What is known of a room at one moment: frozen, plain data that elements select from. Only `reducer.ts` makes new ones.
 */
import type { DeviceView } from '../media/devices.ts';
import type { CaptureView } from '../media/local-media.ts';
import type { RoomError } from '../shared/errors.ts';
import type { IdentityLevel, KnockView, ParticipantState, TrackView } from '../topology/views.ts';
import type { Vouched } from '../identity/vouch-options.ts';
import type { ParticipantId } from '../protocol/wire.ts';

export type { CaptureView } from '../media/local-media.ts';
export type { DeviceView } from '../media/devices.ts';
export type { Vouched } from '../identity/vouch-options.ts';
export type { IdentityLevel, KnockView, ParticipantState, SourceName, TrackView } from '../topology/views.ts';

/**
 * `idle` before the first join and after a leave; `waiting` while a host has to let us in; `reconnecting` while the relay is
 * out of reach (calls go on meanwhile).
 */
export type RoomState = 'idle' | 'joining' | 'waiting' | 'joined' | 'reconnecting' | 'leaving';

export interface ParticipantView {
  readonly id: ParticipantId;
  /** As the issuer says it of who is vouched for; else as the participant gave it, cleaned. May be empty; not unique. */
  readonly name: string;
  readonly state: ParticipantState;
  /** Why the state is what it is, where there is something to say (`silent`, `no-path`; of who is gone: `left`, `closed` …). */
  readonly reason?: string;
  /** The strongest of `levels`. */
  readonly identity: IdentityLevel;
  /** Everything that holds, the strongest last; empty for who is `unverified`. */
  readonly levels: readonly IdentityLevel[];
  /** Who says who they are, and what; absent where nobody does whom this page trusts. */
  readonly vouched?: Vouched;
  /** `rtcio` for a client of rtc.io 1.x. */
  readonly kind: 'engine' | 'rtcio';
  /** Their hand is up since then, in epoch milliseconds of this machine: the least is the first in line. */
  readonly hand?: number;
  /** They record the call since then, in epoch milliseconds of this machine, as they say. */
  readonly recording?: number;
  /** The issuer's word where they are vouched for with roles, else the relay's, and as good as the relay. */
  readonly roles: readonly string[];
  readonly tracks: readonly TrackView[];
}

export interface LocalView {
  /** Empty until joined. */
  readonly id: ParticipantId;
  readonly name: string;
  /** As the relay's authentication gave them. */
  readonly roles: readonly string[];
  /** May use `room.moderate`. */
  readonly host: boolean;
  /** One's hand is up since then, in epoch milliseconds. */
  readonly hand?: number;
  /** Everyone is told that this end records, since then, in epoch milliseconds. */
  readonly recording?: number;
  readonly camera: CaptureView;
  readonly microphone: CaptureView;
  readonly screen: CaptureView;
  /** What is published, the page's own streams included; before the join too (this is what a preview shows). */
  readonly tracks: readonly TrackView[];
}

export interface ChatMessage {
  /** The same for everyone who heard it from its author. */
  readonly id: string;
  /** Empty where somebody else tells of it: nobody here is known to have said it. */
  readonly from: ParticipantId;
  /** The sender's name when the message came, so that a line keeps its author after they left. */
  readonly name: string;
  readonly own: boolean;
  /** Plain text, at most 4,000 characters. */
  readonly text: string;
  /** Epoch milliseconds on this machine when it was sent or received; of an earlier line, as who tells it says. */
  readonly time: number;
  /** The `id` of another line. */
  readonly replyTo?: string;
  /** Said before we came, and told by them afterwards; the author's own word only where this is `from`. */
  readonly toldBy?: { readonly id: ParticipantId; readonly name: string };
  /** Of one's own: who was here, and who of them said that they have it. */
  readonly sentTo?: readonly ParticipantId[];
  readonly reachedBy?: readonly ParticipantId[];
}

export interface RoomSnapshot {
  /** The room's name. */
  readonly name: string;
  readonly state: RoomState;
  /** Why the last join failed or the room was left against one's will; cleared by the next join. */
  readonly error?: RoomError;
  /** Nobody new comes in. */
  readonly locked: boolean;
  /** Who asks to be let in, in the order they came; known to hosts alone. */
  readonly knocks: readonly KnockView[];
  readonly local: LocalView;
  /** In the order they were announced. */
  readonly participants: readonly ParticipantView[];
  /** The newest 10,000, and of long ones fewer, in the order of their times. */
  readonly messages: readonly ChatMessage[];
  /** Who is writing a line. */
  readonly typing: readonly ParticipantId[];
  /** Labels and ids are empty until a device was allowed once. */
  readonly devices: readonly DeviceView[];
}
