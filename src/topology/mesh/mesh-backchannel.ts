import type { Backchannel } from '../../protocol/spoken.ts';
import type { LazyVouches } from './lazy-vouches.ts';
import type { Roster } from './roster.ts';

/**
 * On the way to a spoken code. Who is connected has shown the certificate that its `connectedFp` names: `Peer` compares them
 * before anything is said.
 */
export function meshBackchannel(room: string, roster: Roster, vouches: LazyVouches): Backchannel | undefined {
  const { self } = roster;
  return self && {
    room,
    get self() {
      return { id: self.id, fp: self.certificate.fp, vouch: vouches.said };
    },
    keyOf: (id) => {
      const { connectedFp: fp, peer, announcement } = roster.find(id) ?? {};
      return fp !== undefined && peer?.dialect.verify ? { fp, vouch: announcement?.vouch } : undefined;
    },
    tell: (id, args) => { roster.find(id)?.peer?.dialect.verify?.(args); },
  };
}
