import { FAULTS } from './faults.ts';
import { INTERNALS } from '../shared/internals.ts';
import { after, onEnd } from '../shared/scope.ts';
import type { Room } from '../room/room.ts';
import type { MeshInternals } from '../topology/mesh/mesh-topology.ts';
import type { Fault } from './faults.ts';

export interface SimulateOptions {
  /** How long it lasts, milliseconds. @default 5000 */
  forMs?: number;
  /** Towards this participant; towards everyone without it. */
  participant?: string;
  /** Of `device-lost`: what goes off. @default 'camera' */
  source?: string;
  /** Ends it earlier. */
  signal?: AbortSignal;
}

/**
 * Breaks something of a joined room on purpose, in this page alone, so that an app sees what it and its elements make of it.
 * @returns when the fault is over; healing begins then.
 * @throws TypeError where the room is not joined over a mesh, or nothing is there that could break
 */
export function simulate(
  room: Pick<Room, typeof INTERNALS | 'snapshot'>, fault: Fault,
  { forMs = 5000, participant, source = 'camera', signal = new AbortController().signal }: SimulateOptions = {},
): Promise<void> {
  return new Promise<void>((resolve) => {
    const mesh = (room[INTERNALS] as { [INTERNALS]?: MeshInternals } | undefined)?.[INTERNALS];
    if (!mesh) throw new TypeError('The room is not joined over a mesh.');
    const peers = [...mesh.members].filter(({ id }) => (participant ?? id) === id).flatMap(({ peer }) => peer ?? []);
    const track = room.snapshot.local.tracks.find((one) => one.source === source)?.track;
    const end = FAULTS[fault]({ signaling: mesh.signaling, peers, track, forMs });
    const over = new AbortController();
    onEnd(over.signal, () => { end(); resolve(); });
    onEnd(signal, () => { over.abort(); }, over.signal);
    after(forMs, over.signal, () => { over.abort(); });
  });
}
