import { roomLabels } from '../internal/name-labels.ts';
import type { LocalView, ParticipantView, RoomSnapshot, TrackView } from '../../src/index.ts';

type Person = LocalView | ParticipantView;

/** A picture of the recording, or a person without one. */
export interface RecordedTile {
  readonly participant: string;
  readonly source: string;
  readonly name: string;
  readonly isOwn: boolean;
  readonly track: MediaStreamTrack | undefined;
}

/** What is seen and heard of those who are chosen. */
export interface CallScene {
  readonly tiles: readonly RecordedTile[];
  /** True for what this end sends itself. */
  readonly sounds: ReadonlyMap<MediaStreamTrack, boolean>;
}

/** Pictures first, then people, oneself last. What is switched off is not in it, though a device may be open. */
export function sceneOf({ local, participants }: RoomSnapshot, isChosen: (id: string) => boolean, guest: string): CallScene {
  const labels = roomLabels({ local, participants }, guest);
  const people = [...participants, local].filter(({ id }) => isChosen(id));
  const tile = (person: Person, source: string, track?: MediaStreamTrack): RecordedTile => {
    const { name = '', mark = '' } = labels.get(person.id) ?? {};
    return { participant: person.id, source, name: mark ? `${name} ${mark}` : name, isOwn: person === local, track };
  };
  const pictures = people.flatMap((person) => liveOf(person, 'video').filter(({ source }) => source !== 'camera')
    .map(({ source, track }) => tile(person, source, track)));
  const faces = people.map((person) =>
    tile(person, 'camera', liveOf(person, 'video').find(({ source }) => source === 'camera')?.track));
  const sounds = people.flatMap((person) => liveOf(person, 'audio').map(({ track }) => [track, person === local] as const));
  return { tiles: [...pictures, ...faces], sounds: new Map(sounds) };
}

function liveOf({ tracks }: Person, kind: TrackView['kind']): (TrackView & { readonly track: MediaStreamTrack })[] {
  return tracks.flatMap((view) => view.live && view.kind === kind && view.track ? [{ ...view, track: view.track }] : []);
}
