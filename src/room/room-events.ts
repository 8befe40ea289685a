/** What the library itself tells an app. None of it can be fired by a participant or by the relay. */
import type { CaptureSource } from '../media/capture.ts';
import type { Reaction } from '../protocol/gesture.ts';
import type {
  ChatMessage, IdentityLevel, KnockView, LocalView, ParticipantView, RoomSnapshot, RoomState, TrackView,
} from './snapshot.ts';
import type { RoomError } from '../shared/errors.ts';

export interface RoomEvents {
  'joined': { readonly id: string };
  /** `reason` is what `leave` was given, or the code of `error` where it was not our own will. */
  'left': { readonly reason: string; readonly error?: RoomError };
  /** The first time that something can be said to and heard from them. */
  'participant-joined': { readonly participant: ParticipantView };
  /** Their last view: its state is `gone`, with the same reason. */
  'participant-left': { readonly participant: ParticipantView; readonly reason: string };
  /** A track was announced and its media negotiated. */
  'track-added': { readonly participant: ParticipantView; readonly track: TrackView };
  'track-removed': { readonly participant: ParticipantView; readonly track: TrackView };
  /** What is known of who they are: vouched for, verified, or no more. */
  'identity-changed': { readonly participant: ParticipantView; readonly previous: IdentityLevel };
  'message-received': { readonly message: ChatMessage };
  /** Of a participant, or one's own: a moment that leaves nothing behind. */
  'reaction': { readonly participant: ParticipantView | LocalView; readonly reaction: Reaction };
  /** A participant, or this end, says that it records. */
  'recording-started': { readonly participant: ParticipantView | LocalView };
  /** Or no more; also because they left. */
  'recording-stopped': { readonly participant: ParticipantView | LocalView };
  'state-changed': { readonly state: RoomState; readonly previous: RoomState };
  /** To hosts: someone asks to be let in. */
  'knock': { readonly knock: KnockView };
  /** Admitted, refused, or gone. */
  'knock-ended': { readonly knock: KnockView };
  'lock-changed': { readonly locked: boolean };
  /** A host asked for it, and the source of ours that was on is off. */
  'muted-by-host': { readonly by: string; readonly source: CaptureSource };
  /** It ends soon, and there is no `getToken`: give another by `renewToken`. Epoch milliseconds. */
  'token-expiring': { readonly expiresAt: number };
  /** An error nobody awaits. */
  'error': { readonly error: RoomError };
}

type AnyRoomEvent = { [E in keyof RoomEvents]: { type: E; payload: RoomEvents[E] } }[keyof RoomEvents];

interface Listed { readonly id: string; readonly track?: MediaStreamTrack }

const isPresent = (participant: ParticipantView | undefined) => participant !== undefined && participant.state !== 'connecting';
const withMedia = (participant: ParticipantView | undefined) =>
  isPresent(participant) ? participant?.tracks.filter(({ track }) => track) ?? [] : [];
/** A new pc brings the same track with other media; whoever plays it must hear of that. */
const isSame = (one: Listed) => (other: Listed) => one.id === other.id && one.track === other.track;

/** The events that lie between two snapshots. Pure, so that state and events cannot tell different stories. */
export function eventsBetween(before: RoomSnapshot, after: RoomSnapshot, reason: string): AnyRoomEvent[] {
  const events: AnyRoomEvent[] = [];
  if (before.state !== after.state) {
    events.push({ type: 'state-changed', payload: { state: after.state, previous: before.state } });
    if (after.local.id && !before.local.id) events.push({ type: 'joined', payload: { id: after.local.id } });
  }
  if (before.participants !== after.participants) {
    const ids = new Set([...before.participants, ...after.participants].map(({ id }) => id));
    for (const id of ids) events.push(...participantEvents(find(before, id), find(after, id), reason));
  }
  events.push(...recordingEvents(before.local, after.local, after.local));
  if (after.local.id) {
    if (before.locked !== after.locked) events.push({ type: 'lock-changed', payload: { locked: after.locked } });
    for (const knock of missing(after.knocks, before.knocks)) events.push({ type: 'knock', payload: { knock } });
    for (const knock of missing(before.knocks, after.knocks)) events.push({ type: 'knock-ended', payload: { knock } });
  }
  if (before.local.id && !after.local.id) {
    events.push({ type: 'left', payload: { reason, ...(after.error && { error: after.error }) } });
  }
  if (before.messages !== after.messages) {
    const message = after.messages.at(-1);
    const isNew = message && !message.own && !message.toldBy && message !== before.messages.at(-1);
    if (isNew) events.push({ type: 'message-received', payload: { message } });
  }
  return events;
}

function find(snapshot: RoomSnapshot, id: string): ParticipantView | undefined {
  return snapshot.participants.find((participant) => participant.id === id);
}

function participantEvents(
  before: ParticipantView | undefined, after: ParticipantView | undefined, reason: string,
): AnyRoomEvent[] {
  const participant = after ?? (before && Object.freeze({ ...before, state: 'gone' as const, reason }));
  if (before === after || !participant) return [];
  const events: AnyRoomEvent[] = [];
  const [was, is] = [isPresent(before), isPresent(after)];
  const [had, has] = [withMedia(before), withMedia(after)];
  if (is && !was) events.push({ type: 'participant-joined', payload: { participant } });
  for (const track of missing(had, has)) events.push({ type: 'track-removed', payload: { participant, track } });
  for (const track of missing(has, had)) events.push({ type: 'track-added', payload: { participant, track } });
  if (before && after && before.identity !== after.identity) {
    events.push({ type: 'identity-changed', payload: { participant, previous: before.identity } });
  }
  events.push(...recordingEvents(before, after, participant));
  if (was && !is) events.push({ type: 'participant-left', payload: { participant, reason } });
  return events;
}

function recordingEvents(
  before: Partial<LocalView> | undefined, after: Partial<LocalView> | undefined, participant: ParticipantView | LocalView,
): AnyRoomEvent[] {
  return !before?.recording === !after?.recording ? []
    : [{ type: after?.recording ? 'recording-started' : 'recording-stopped', payload: { participant } }];
}

/** Those of `some` that are not among `others`. */
function missing<T extends Listed>(some: readonly T[], others: readonly T[]): readonly T[] {
  return some.filter((one) => !others.some(isSame(one)));
}
