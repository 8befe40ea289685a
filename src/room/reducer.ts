/** The one place where the room's state changes: pure, (snapshot, change) -> snapshot. */
import type { CaptureSource } from '../media/capture.ts';
import type { Fact, Standing } from '../topology/topology.ts';
import { cleanName } from '../protocol/primitives.ts';
import { reduceChat } from './chat-state.ts';
import type {
  CaptureView, DeviceView, IdentityLevel, KnockView, LocalView, ParticipantView, RoomSnapshot, TrackView,
} from './snapshot.ts';
import type { Mark } from '../protocol/gesture.ts';
import type { RoomError } from '../shared/errors.ts';
import type { ChatChange } from './chat-state.ts';

/** What happened at this end; {@link Fact} is what happened at the others. */
export type LocalChange =
  | { type: 'configured'; name: string; displayName: string }
  | { type: 'joining' }
  | { type: 'join-failed'; error: RoomError }
  | { type: 'leaving' }
  | { type: 'left' }
  | { type: 'capture'; source: CaptureSource; view: CaptureView }
  | { type: 'local-tracks'; tracks: readonly TrackView[] }
  | ChatChange
  | { type: 'devices'; devices: readonly DeviceView[] }
  /** One's own, or a participant's; without `since` it is taken back. */
  | { type: 'mark'; id: string; mark: Mark; since?: number }
  /** Codes were compared. */
  | { type: 'identified'; id: string; verified: boolean };

export type Change = Fact | LocalChange;

const OFF: CaptureView = Object.freeze({ state: 'off' });
const NONE: readonly never[] = Object.freeze([]);
const NO_STANDING: Standing = { host: false, locked: false, knocks: NONE };

export function initialSnapshot(name: string, displayName: string): RoomSnapshot {
  return {
    name, state: 'idle', participants: NONE, messages: NONE, typing: NONE, devices: NONE,
    locked: false, knocks: NONE,
    local: {
      id: '', name: cleanName(displayName), roles: NONE, host: false, camera: OFF, microphone: OFF, screen: OFF, tracks: NONE,
    },
  };
}

export function reduce(snapshot: RoomSnapshot, change: Change): RoomSnapshot {
  switch (change.type) {
    case 'configured':
      return withLocal({
        ...snapshot, name: change.name, messages: change.name === snapshot.name ? snapshot.messages : NONE,
      }, { name: cleanName(change.displayName) });
    case 'joining':
      return without({ ...snapshot, state: 'joining', participants: NONE }, 'error');
    case 'waiting':
      return snapshot.state === 'joining' ? { ...snapshot, state: 'waiting' } : snapshot;
    case 'joined':
      return withStanding(withLocal({ ...snapshot, state: 'joined' }, { id: change.id }), change.standing);
    case 'join-failed':
    case 'ended':
      return { ...outside(snapshot), error: change.error };
    case 'leaving':
      return { ...snapshot, state: 'leaving' };
    case 'left':
      return outside(snapshot);
    case 'relay-lost':
      return snapshot.state === 'joined' ? { ...snapshot, state: 'reconnecting' } : snapshot;
    case 'relay-back':
      return snapshot.state === 'reconnecting' ? withStanding({ ...snapshot, state: 'joined' }, change.standing) : snapshot;
    case 'room-facts':
      return snapshot.locked === change.locked ? snapshot : { ...snapshot, locked: change.locked };
    case 'knock':
      return withKnocks(snapshot, [...snapshot.knocks.filter(({ id }) => id !== change.knock.id), change.knock]);
    case 'knock-ended':
      return withKnocks(snapshot, snapshot.knocks.filter(({ id }) => id !== change.id));
    case 'capture':
      return withLocal(snapshot, { [change.source]: Object.freeze(change.view) });
    case 'local-tracks':
      return withLocal(snapshot, { tracks: keepEqual(snapshot.local.tracks, change.tracks) });
    case 'message':
    case 'recalled':
    case 'reached':
    case 'typing':
      return { ...snapshot, ...reduceChat(snapshot, change) };
    case 'devices':
      return { ...snapshot, devices: Object.freeze(change.devices) };
    case 'participant-announced':
      return withParticipant(snapshot, change.id, (known) => asVouched({
        state: 'connecting', identity: 'unverified', levels: NONE, tracks: NONE, ...known,
        id: change.id, name: change.name, kind: change.kind, roles: listOf(change.roles),
      }));
    case 'participant-state':
      return withParticipant(snapshot, change.id, (known) => known && asVouched({
        ...withLevels(without(known, 'reason'), change.levels, known.identity === 'verified'), state: change.state,
        ...(change.vouched && { vouched: change.vouched }),
        ...(change.reason !== undefined && { reason: change.reason }),
      }));
    case 'mark':
      return change.id === snapshot.local.id ? { ...snapshot, local: Object.freeze(withMark(snapshot.local, change)) }
        : withParticipant(snapshot, change.id, (known) => known && withMark(known, change));
    case 'identified':
      return withParticipant(snapshot, change.id, (known) => known && withLevels(
        known, known.levels.filter((level) => level !== 'verified'), change.verified,
      ));
    case 'participant-tracks':
      return withParticipant(snapshot, change.id, (known) => known && {
        ...known, tracks: keepEqual(known.tracks, change.tracks),
      });
    case 'participant-gone':
      return {
        ...snapshot, ...reduceChat(snapshot, { type: 'typing', from: change.id, typing: false }),
        participants: Object.freeze(snapshot.participants.filter(({ id }) => id !== change.id)),
      };
    case 'mute-asked':
    case 'error':
      return snapshot;
  }
}

/** What an issuer says of them stands before what the relay says. */
function asVouched(view: ParticipantView): ParticipantView {
  const { name = view.name, roles = view.roles } = view.vouched ?? {};
  return { ...view, name, roles };
}

/** What people compared outranks the rest, which holds all the same. */
function withLevels(view: ParticipantView, levels: readonly IdentityLevel[], verified: boolean): ParticipantView {
  const all = listOf([...levels, ...(verified ? ['verified' as const] : [])]);
  return { ...view, levels: all, identity: all.at(-1) ?? 'unverified' };
}

/** In no room: what a room gave is gone. */
function outside(snapshot: RoomSnapshot): RoomSnapshot {
  const empty = { ...snapshot, state: 'idle' as const, participants: NONE, knocks: NONE, typing: NONE, locked: false };
  return withLocal({ ...empty, local: without(without(empty.local, 'hand'), 'recording') }, { id: '', roles: NONE, host: false });
}

/** What the relay says of us, whole, whenever it lets us in. */
function withStanding(snapshot: RoomSnapshot, { name, roles, host, locked, knocks }: Standing = NO_STANDING): RoomSnapshot {
  const local = { roles: listOf(roles), host, ...(name !== undefined && { name }) };
  return withLocal(withKnocks({ ...snapshot, locked }, knocks), local);
}

function withKnocks(snapshot: RoomSnapshot, knocks: readonly KnockView[]): RoomSnapshot {
  return { ...snapshot, knocks: listOf(knocks.map((knock) => Object.freeze(knock))) };
}

function listOf<T>(items: readonly T[] = NONE): readonly T[] {
  return items.length > 0 ? Object.freeze([...items]) : NONE;
}

function withMark<T extends LocalView | ParticipantView>(view: T, { mark, since }: { mark: Mark; since?: number }): T {
  return { ...without(view, mark), ...(since !== undefined && { [mark]: since }) };
}

function withLocal(snapshot: RoomSnapshot, change: Partial<LocalView>): RoomSnapshot {
  return { ...snapshot, local: Object.freeze({ ...snapshot.local, ...change }) };
}

function without<T extends object>(object: T, key: keyof T): T {
  const { [key]: _, ...rest } = object;
  return rest as T;
}

/** Adds, changes or (where `change` gives nothing) leaves alone; the order is that of the announcements. */
function withParticipant(
  snapshot: RoomSnapshot, id: string, change: (known: ParticipantView | undefined) => ParticipantView | undefined,
): RoomSnapshot {
  const index = snapshot.participants.findIndex((participant) => participant.id === id);
  const next = change(snapshot.participants[index]);
  if (!next) return snapshot;
  const participants = [...snapshot.participants];
  participants.splice(index < 0 ? participants.length : index, 1, Object.freeze(next));
  return { ...snapshot, participants: Object.freeze(participants) };
}

/** Tracks that did not change stay the same objects, so that a selector sees no change where there is none. */
function keepEqual(before: readonly TrackView[], after: readonly TrackView[]): readonly TrackView[] {
  const merged = after.map((track) => {
    const old = before.find(({ id }) => id === track.id);
    return old && old.live === track.live && old.track === track.track && old.source === track.source
      && old.metadata === track.metadata ? old : Object.freeze(track);
  });
  return merged.length === before.length && merged.every((track, i) => track === before[i]) ? before : Object.freeze(merged);
}
