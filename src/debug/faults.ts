import { breakIce, losePc, silencePeer } from './peer-faults.ts';
import { loseRelay, silenceRelay } from './relay-faults.ts';
import type { Peer } from '../peer/peer.ts';
import type { Signaling } from '../signaling/signaling.ts';

/**
 * `relay-lost`: its socket closes, and no other can be opened. `relay-silent`: nothing reaches it or comes from it.
 * `peer-silent`: nothing of them is heard (they hear us). `ice-failed`: their path is said to have failed. `pc-lost`: their
 * connection is closed without a word. `device-lost`: a device is unplugged. `freeze`: this page does nothing at all.
 */
export type Fault = 'relay-lost' | 'relay-silent' | 'peer-silent' | 'ice-failed' | 'pc-lost' | 'device-lost' | 'freeze';

export interface Target {
  signaling: Signaling;
  peers: readonly Peer[];
  track: MediaStreamTrack | undefined;
  forMs: number;
}

const all = (ends: readonly (() => void)[]) => () => { for (const end of ends) end(); };

/** Each begins its fault. @returns what ends it */
export const FAULTS: Readonly<Record<Fault, (target: Target) => () => void>> = {
  'relay-lost': ({ signaling }) => loseRelay(signaling),
  'relay-silent': ({ signaling }) => silenceRelay(signaling),
  'peer-silent': ({ peers }) => all(peers.map(silencePeer)),
  'ice-failed': ({ peers }) => all(peers.map(breakIce)),
  'pc-lost': ({ peers }) => all(peers.map(losePc)),
  'device-lost': ({ track }) => {
    if (!track) throw new TypeError('Nothing of that source is on.');
    track.stop();
    track.dispatchEvent(new Event('ended')); // As the system says it; a `stop()` of one's own says nothing.
    return () => {};
  },
  'freeze': ({ forMs }) => {
    for (const endMs = performance.now() + forMs; performance.now() < endMs;);
    return () => {};
  },
};
