import type { JoinCertificate } from '../../negotiation/certificate.ts';
import type { PeerHandlers } from '../../peer/dialect.ts';
import type { ParticipantId } from '../../protocol/wire.ts';
import type { Signaling } from '../../signaling/signaling.ts';
import type { TopologyContext } from '../topology.ts';
import type { ParticipantState } from '../views.ts';
import type { IceServers } from './ice.ts';
import type { LazyChannels } from './lazy-channels.ts';
import type { Member } from './member.ts';

/** What the peers of a mesh need of it. */
export interface PeerHost {
  readonly context: TopologyContext;
  readonly signaling: Signaling;
  readonly channels: LazyChannels;
  readonly ice: Pick<IceServers, 'fresh' | 'list'>;
  /** The key each was connected with. */
  readonly pins: Map<ParticipantId, string>;
  self(): { id: ParticipantId; certificate: JoinCertificate } | undefined;
  others(than: Member): readonly Member[];
  relay(): 'up' | 'closed' | 'silent';
  /** Runs it in the order of the wire, while they are a member. */
  enqueue(member: Member, task: () => void): void;
  show(member: Member, state: ParticipantState, reason?: string): void;
  remove(member: Member, reason: string): void;
  /** They misbehaved: removed, and not met again for a while. */
  bar(member: Member): void;
}

/** What becomes of what a peer tells. */
export function peerHandlers(member: Member, host: PeerHost): PeerHandlers {
  const { id } = member;
  const { channels, pins, signaling, context: { onFact, onEvent, onRequest, onDropped } } = host;
  return {
    send: (data) => { signaling.send(id, data); },
    // One key, one participant: mine is taken, and so is that of anyone who has proved to hold theirs.
    isTaken: (fp) => fp === host.self()?.certificate.fp || host.others(member).some((other) => other.connectedFp === fp),
    canSignal: () => host.relay() === 'up',
    word: () => ({ socketClosed: member.socketClosed, placeHeld: host.relay() !== 'closed' && member.listed }),
    onConnected: () => {
      member.connected = true;
      // Here alone: what came after the hello was compared by nobody.
      member.vouched = member.proof?.vouchedAs(member.connectedFp) ?? member.vouched;
      if (member.kind === 'engine' && member.connectedFp) pins.set(id, member.connectedFp);
      host.show(member, 'connected');
      const port = member.peer?.dialect.channelPort;
      if (port) channels.connected(id, port);
    },
    onInterrupted: (silent, reason) => {
      member.silent = silent;
      if (silent) host.show(member, 'interrupted', reason); else host.show(member, 'connected');
    },
    onChannelNotice: (args) => { channels.receive(id, args); },
    onVerify: (args) => { host.context.onVerify(id, args); },
    onTalk: (args) => { host.context.onTalk(id, args); },
    onGesture: (args) => { host.context.onGesture(id, args); },
    onTracks: (tracks) => { onFact({ type: 'participant-tracks', id, tracks }); },
    onEvent: (event, args) => { onEvent(id, event, args); },
    onRequest: (event, payload) => onRequest(id, event, payload),
    freshIce: () => host.ice.fresh(),
    onDropped: (reason, cost) => {
      onDropped(id, reason);
      if (member.conduct.strike(reason, cost)) host.bar(member);
    },
    onError: (error) => { onFact({ type: 'error', error }); },
    onGiveUp: () => {
      const { peer } = member;
      host.enqueue(member, () => { if (member.peer === peer) member.rebuild(); });
    },
    onClosed: (reason, error) => {
      if (error) onFact({ type: 'error', error });
      host.remove(member, reason);
    },
  };
}
