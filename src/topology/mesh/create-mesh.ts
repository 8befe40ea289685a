import { Conversation } from '../../peer/conversation.ts';
import { SocketIoSignaling } from '../../signaling/socket-io-signaling.ts';
import { MeshTopology } from './mesh-topology.ts';
import type { TopologyFactory } from '../topology.ts';

/** A full mesh, signaled over our relay by socket.io. */
export const createMeshTopology: TopologyFactory = (context) => new MeshTopology(context, {
  signaling: new SocketIoSignaling({
    server: context.server, roomId: context.roomId, getToken: context.getToken, log: context.log, scope: context.scope,
  }),
  loadDialect: async (kind) => {
    if (kind === 'engine') return (parts) => new Conversation(parts);
    const { RtcioDialect } = await import('../../rtcio/rtcio-dialect.ts');
    return (parts) => new RtcioDialect(parts);
  },
});
