import { RoomError } from '../../shared/errors.ts';
import { peerHandlers } from './peer-handlers.ts';
import { peerOptions } from './peer-options.ts';
import type { DialectFactory } from '../../peer/dialect.ts';
import type { MemberHost } from './member.ts';
import type { PeerHost } from './peer-handlers.ts';

/** What every member of a mesh is given of it. */
export function memberHost(host: PeerHost, loadDialect: (kind: 'engine' | 'rtcio') => Promise<DialectFactory>): MemberHost {
  return {
    peerOptions: (member, offers) => {
      const self = host.self();
      if (!self) throw new RoomError('internal', 'Not joined.');
      // The one place where connections begin: nobody without a vouch passes where one is required.
      if (member.proof?.refusal) return undefined;
      return peerOptions(host.context, self, host.ice.list, member, offers, host.pins.get(member.id));
    },
    limits: host.context.limits,
    keptBytes: host.context.keptBytes,
    drop: ({ id }, reason) => { host.context.onDropped(id, reason); },
    loadDialect,
    handlers: (member) => peerHandlers(member, host),
    peerClosed: (member, wasConnected) => {
      host.channels.disconnected(member.id);
      if (wasConnected) host.show(member, 'interrupted', 'rebuilding');
    },
  };
}
