import { after } from '../shared/scope.ts';
import type { PeerHandlers } from './dialect.ts';

const GRACE_MS = 2000;
const RETRY_MS = 3000;
/** The first candidate is there at once; from a TURN server that is far away it takes some round trips. */
const GATHERS_MS = { all: 2000, relay: 10_000 } as const;
/** ICE restarts before the pc itself is made anew. */
const MAX_RESTARTS = 3;

/**
 * The ladder of one pc: an ICE restart 2 s after `disconnected`, at once where the peer is silent or on `failed`, again every
 * 3 s, and after three in vain a new pc. (Chromium heals a hole of 9 s by itself, and never after `failed`.)
 */
export function superviseIce(
  pc: RTCPeerConnection, isSilent: () => boolean, handlers: Pick<PeerHandlers, 'canSignal' | 'freshIce' | 'onGiveUp'>,
  scope: AbortSignal,
): void {
  let cancel: (() => void) | undefined;
  let restarts = 0;

  const restart = () => {
    // Nothing can be agreed on while the relay is out of reach; when it is back, whoever is not connected restarts at once.
    if (handlers.canSignal()) {
      if (restarts++ >= MAX_RESTARTS) { handlers.onGiveUp(); return; }
      void handlers.freshIce().then(() => { if (!scope.aborted && pc.connectionState !== 'connected') pc.restartIce(); });
    }
    schedule(RETRY_MS);
  };
  const schedule = (delayMs: number) => {
    cancel?.();
    cancel = after(delayMs, scope, restart);
  };

  // A pc whose very first offer was rolled back now and then gathers nothing in Chromium, not even for an ICE restart.
  pc.addEventListener('signalingstatechange', () => {
    after(GATHERS_MS[pc.getConfiguration().iceTransportPolicy ?? 'all'], scope, () => {
      const gathered = pc.iceGatheringState !== 'gathering' || pc.localDescription?.sdp.includes('a=candidate');
      if (!gathered && pc.connectionState === 'new' && handlers.canSignal()) handlers.onGiveUp();
    });
  }, { signal: scope });
  pc.addEventListener('connectionstatechange', () => {
    const { connectionState } = pc;
    if (connectionState === 'connected') {
      cancel?.();
      cancel = undefined;
      restarts = 0;
    } else if (connectionState === 'disconnected' && !cancel) {
      schedule(isSilent() ? 0 : GRACE_MS);
    } else if (connectionState === 'failed' && restarts === 0) {
      // While restarts are under way their own timer decides; the first `failed` acts at once.
      restart();
    }
  }, { signal: scope });
}
