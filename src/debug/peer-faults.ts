import { INTERNALS } from '../shared/internals.ts';
import type { Envelope } from '../protocol/control.ts';
import type { Peer } from '../peer/peer.ts';

/** What comes is kept and heard at the end: the channel is reliable, and in a real hole it would be sent again. */
export function silencePeer({ dialect }: Peer): () => void {
  const kept: Envelope[] = [];
  dialect.heard = () => {};
  dialect.receive = (envelope) => { kept.push(envelope); };
  return () => {
    for (const method of ['heard', 'receive']) Reflect.deleteProperty(dialect, method); // Those of its class show again.
    dialect.heard();
    for (const envelope of kept) dialect.receive(envelope);
  };
}

/** Everything that follows is real: ICE restarts every 3 s, and another connection after three of them. */
export function breakIce(peer: Peer): () => void {
  const pc = peer[INTERNALS];
  const tell = () => { pc.dispatchEvent(new Event('connectionstatechange')); };
  Object.defineProperty(pc, 'connectionState', { configurable: true, get: () => 'failed' });
  tell();
  return () => {
    Reflect.deleteProperty(pc, 'connectionState');
    tell();
  };
}

export function losePc(peer: Peer): () => void {
  peer[INTERNALS].close();
  return () => {};
}
