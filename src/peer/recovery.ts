import { after, childScope } from '../shared/scope.ts';

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
  let attempt: AbortController | undefined;
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
    attempt?.abort();
    attempt = childScope(scope);
    after(delayMs, attempt.signal, restart);
  };

  pc.addEventListener('connectionstatechange', () => {
    switch (pc.connectionState) {
      case 'connected':
        attempt?.abort();
        attempt = undefined;
        restarts = 0;
        break;
      case 'disconnected':
        if (!attempt) schedule(GRACE_MS);
        break;
      case 'failed':
        // While a restart is under way its own timer decides; the first `failed` acts at once.
        if (restarts === 0) { attempt?.abort(); restart(); }
        break;
      default:
    }
  }, { signal: scope });
}
