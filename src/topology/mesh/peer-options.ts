import type { JoinCertificate } from '../../negotiation/certificate.ts';
import type { IceServer, ParticipantId } from '../../protocol/wire.ts';
import type { TopologyContext } from '../topology.ts';
import type { Member, SharedPeerOptions } from './member.ts';

/** What a pc towards a member is made with. @param pinned the key they were connected with before */
export function peerOptions(
  { roomId, publications, viewing, gestures, log, scope, relayOnly, limits }: TopologyContext,
  self: { id: ParticipantId; certificate: JoinCertificate },
  iceServers: IceServer[], member: Member, offers: boolean, pinned: string | undefined,
): SharedPeerOptions {
  const lower = self.id < member.id;
  return {
    room: roomId, self, peer: { id: member.id, fp: pinned ?? member.proof?.fp ?? member.announcement.fp },
    proof: () => member.proof,
    allocates: lower, publications, viewing, gestures, limits, log, scope,
    // rtc.io: who was here first. Between our engines that need not be clear (two relays), the ids always are.
    polite: member.kind === 'engine' ? lower : offers,
    configuration: {
      iceServers, certificates: [self.certificate.certificate],
      bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require', iceTransportPolicy: relayOnly ? 'relay' : 'all',
    },
  };
}
