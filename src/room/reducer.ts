/** The one place where the room's state changes: pure, (snapshot, change) -> snapshot. */
import type { CaptureSource } from '../media/capture.ts';
import type { Fact } from '../topology/topology.ts';
import { cleanName } from '../protocol/primitives.ts';
import type {
  CaptureView, ChatMessage, DeviceView, LocalView, ParticipantView, RoomSnapshot, TrackView,
} from './snapshot.ts';
import type { RoomError } from '../shared/errors.ts';

/** What happened at this end; {@link Fact} is what happened at the others. */
export type LocalChange =
  | { type: 'configured'; name: string; displayName: string }
  | { type: 'joining' }
  | { type: 'join-failed'; error: RoomError }
  | { type: 'leaving' }
  | { type: 'left' }
  | { type: 'capture'; source: CaptureSource; view: CaptureView }
  | { type: 'local-tracks'; tracks: readonly TrackView[] }
  | { type: 'message'; message: ChatMessage }
  | { type: 'devices'; devices: readonly DeviceView[] };

export type Change = Fact | LocalChange;

const MAX_MESSAGES = 500;
const OFF: CaptureView = Object.freeze({ state: 'off' });
const NONE: readonly never[] = Object.freeze([]);

export function initialSnapshot(name: string, displayName: string): RoomSnapshot {
  return {
    name, state: 'idle', participants: NONE, messages: NONE, devices: NONE,
    local: { id: '', name: cleanName(displayName), camera: OFF, microphone: OFF, screen: OFF, tracks: NONE },
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
    case 'joined':
      return withLocal({ ...snapshot, state: 'joined' }, { id: change.id });
    case 'join-failed':
    case 'ended':
      return withLocal({ ...snapshot, state: 'idle', error: change.error, participants: NONE }, { id: '' });
    case 'leaving':
      return { ...snapshot, state: 'leaving' };
    case 'left':
      return withLocal({ ...snapshot, state: 'idle', participants: NONE }, { id: '' });
    case 'relay-lost':
      return snapshot.state === 'joined' ? { ...snapshot, state: 'reconnecting' } : snapshot;
    case 'relay-back':
      return snapshot.state === 'reconnecting' ? { ...snapshot, state: 'joined' } : snapshot;
    case 'capture':
      return withLocal(snapshot, { [change.source]: Object.freeze(change.view) });
    case 'local-tracks':
      return withLocal(snapshot, { tracks: keepEqual(snapshot.local.tracks, change.tracks) });
    case 'message':
      return { ...snapshot, messages: Object.freeze([...snapshot.messages, Object.freeze(change.message)].slice(-MAX_MESSAGES)) };
    case 'devices':
      return { ...snapshot, devices: Object.freeze(change.devices) };
    case 'participant-announced':
      return withParticipant(snapshot, change.id, (known) => ({
        state: 'connecting', identity: 'unverified', tracks: NONE, ...known, id: change.id, name: change.name, kind: change.kind,
      }));
    case 'participant-state':
      return withParticipant(snapshot, change.id, (known) => known && {
        ...without(known, 'reason'), state: change.state, identity: change.identity,
        ...(change.reason !== undefined && { reason: change.reason }),
      });
    case 'participant-tracks':
      return withParticipant(snapshot, change.id, (known) => known && {
        ...known, tracks: keepEqual(known.tracks, change.tracks),
      });
    case 'participant-gone':
      return { ...snapshot, participants: Object.freeze(snapshot.participants.filter(({ id }) => id !== change.id)) };
    case 'error':
      return snapshot;
  }
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
