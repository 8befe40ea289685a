import { onArrival } from './arrivals.ts';
import type { ParticipantView, Room } from '../../src/index.ts';

/** Somebody came or went. */
export interface Passing { readonly kind: 'joined' | 'left'; readonly participant: ParticipantView }

/** Tells who comes and goes while one is in the room. */
export function onPassing(room: Room, tell: (passing: Passing) => void, signal: AbortSignal): void {
  const tellOf = (kind: Passing['kind'], participant: ParticipantView) => {
    if (room.snapshot.state === 'joined') tell({ kind, participant });
  };
  onArrival(room, (participant) => { tellOf('joined', participant); }, signal);
  room.lifecycle.on('participant-left', ({ participant }) => { tellOf('left', participant); }, { signal });
}
