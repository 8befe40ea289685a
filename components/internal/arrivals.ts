import type { ParticipantView, Room } from '../../src/index.ts';

/** Tells who comes. Whom one finds when one comes oneself has not come, until they have gone. */
export function onArrival(room: Room, tell: (participant: ParticipantView) => void, signal: AbortSignal): void {
  const present = () => new Set(room.snapshot.participants.map(({ id }) => id));
  let found = present();
  room.lifecycle.on('joined', () => { found = present(); }, { signal });
  room.lifecycle.on('participant-left', ({ participant }) => { found.delete(participant.id); }, { signal });
  room.lifecycle.on('participant-joined', ({ participant }) => {
    if (!found.delete(participant.id)) tell(participant);
  }, { signal });
}
