/**
 * Stands for create-mesh.ts in `rtc.js` (rollup.config.mjs): the lobby is painted while the mesh, a third of the code, is still
 * on its way. It is asked for at once, since whoever sees a lobby means to join.
 */
import { loadAgain } from '../../shared/load-again.ts';
import type { TopologyFactory } from '../topology.ts';

const load = () => import('./create-mesh.ts');
// What fails here is asked for again by the join, which says so.
void load().catch(() => undefined);

export const createMeshTopology: TopologyFactory = async (context) => {
  const mesh = await loadAgain(load, context.scope);
  return mesh.createMeshTopology(context);
};
