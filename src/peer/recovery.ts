import { after } from '../shared/scope.ts';

const GRACE_MS = 2000;
const RETRY_MS = 3000;
/** ICE restarts before the pc itself is made anew. */
const MAX_RESTARTS = 3;

/**
 * The ladder of one pc: an ICE restart 2 s after `disconnected` and at once on `failed`, again every 3 s, and after three
 * in vain a new pc. (Chromium heals a hole of 9 s by itself, and never after `failed`.)
 */
export function superviseIce(
  pc: RTCPeerConnection, { canSignal, onGiveUp, scope }: { canSignal(): boolean; onGiveUp(): void; scope: AbortSignal },
): void {
  let cancel: (() => void) | undefined;
  let restarts = 0;

  const restart = () => {
    // Nothing can be agreed on while the relay is out of reach; when it is back, whoever is not connected restarts at once.
    if (canSignal()) {
      if (restarts++ >= MAX_RESTARTS) { onGiveUp(); return; }
      pc.restartIce();
    }
    schedule(RETRY_MS);
  };
  const schedule = (delayMs: number) => {
    cancel?.();
    cancel = after(delayMs, scope, restart);
  };

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
