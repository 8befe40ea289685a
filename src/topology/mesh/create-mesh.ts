import { Conversation } from '../../peer/conversation.ts';
import { RoomError } from '../../shared/errors.ts';
import { loadAgain } from '../../shared/load-again.ts';
import { SocketIoSignaling } from '../../signaling/socket-io-signaling.ts';
import { MeshTopology } from './mesh-topology.ts';
import type { Signaling } from '../../signaling/signaling.ts';
import type { Topology, TopologyContext } from '../topology.ts';

/** Instead of a relay's URL: participants are other rooms of this page. */
const LOOPBACK = 'loopback';

/** A full mesh, signaled over our relay by socket.io, or within the page. @throws RoomError `invalid-link-secret`. */
export async function createMeshTopology(context: TopologyContext, opener?: typeof openSocket): Promise<Topology> {
  const open = opener ?? (context.server === LOOPBACK ? await loadLoopback(context.scope) : openSocket);
  if (!context.link) return createMesh(context, open(context));
  const { openLink } = await import('../../link/open-link.ts');
  const link = await openLink(context.link, context.roomId);
  const linked = { ...context, roomId: link.roomId };
  return createMesh(linked, link.over(open(linked), (id) => {
    const error = new RoomError('link-missing', `${id} does not hold the link and is not met.`);
    context.onFact({ type: 'error', error });
  }));
}

async function loadLoopback(scope: AbortSignal): Promise<typeof openSocket> {
  const { openLoopback } = await loadAgain(() => import('../../signaling/loopback-rooms.ts'), scope);
  return ({ roomId }) => openLoopback(roomId);
}

function openSocket({ server, roomId, getToken, log, scope }: TopologyContext): Signaling {
  return new SocketIoSignaling({ server, roomId, getToken, log, scope });
}

function createMesh(context: TopologyContext, signaling: Signaling): Topology {
  return new MeshTopology(context, {
    signaling,
    loadDialect: async (kind) => {
      if (kind === 'engine') return (parts) => new Conversation(parts);
      const { RtcioDialect } = await loadAgain(() => import('../../rtcio/rtcio-dialect.ts'), context.scope);
      return (parts) => new RtcioDialect(parts);
    },
  });
}
