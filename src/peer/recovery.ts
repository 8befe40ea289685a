import { after, every } from '../shared/scope.ts';
import type { PeerHandlers } from './dialect.ts';

const GRACE_MS = 2000;
const RETRY_MS = 3000;
/** Both ends have agreed, and still nothing is even tried: rare, after two first offers that crossed. */
const STUCK_MS = 3000;
/** ICE restarts before the pc itself is made anew. */
const MAX_RESTARTS = 3;

/**
 * The ladder of one pc: an ICE restart 2 s after `disconnected` and at once on `failed`, again every 3 s, and after three
 * in vain a new pc. (Chromium heals a hole of 9 s by itself, and never after `failed`.)
 */
export function superviseIce(
  pc: RTCPeerConnection, handlers: Pick<PeerHandlers, 'canSignal' | 'freshIce' | 'onGiveUp'>, scope: AbortSignal,
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

  every(STUCK_MS, scope, () => {
    if (!cancel && pc.connectionState === 'new' && pc.signalingState === 'stable' && pc.remoteDescription) restart();
  });
  pc.addEventListener('connectionstatechange', () => {
    const { connectionState } = pc;
    if (connectionState === 'connected') {
      cancel?.();
      cancel = undefined;
      restarts = 0;
    } else if (connectionState === 'disconnected' && !cancel) {
      schedule(GRACE_MS);
    } else if (connectionState === 'failed' && restarts === 0) {
      // While restarts are under way their own timer decides; the first `failed` acts at once.
      restart();
    }
  }, { signal: scope });
}
