import { every } from '../shared/scope.ts';
import type { PeerParts } from '../peer/dialect.ts';

const CHECK_MS = 500;
/** From the last `disconnected` or `failed` on, unless the pc recovers; with a fresh hint that the socket is gone, less. */
const GRACE_MS = 12_000;
const HINTED_GRACE_MS = 2500;
/** A hint that was older when the trouble began was about something that healed. */
const HINT_MS = 30_000;

/**
 * Decides when an rtc.io client is gone: the state of the pc does, not the relay, whose hint only shortens the wait.
 * @param onState the pc is well again, or is not
 */
export function watchState(
  { pc, handlers, scope }: Pick<PeerParts, 'pc' | 'handlers' | 'scope'>, onState: (unhealthy: boolean, state: string) => void,
): void {
  let unhealthyMs: number | undefined;
  let hintedMs: number | undefined;
  pc.addEventListener('connectionstatechange', () => {
    const { connectionState } = pc;
    const unhealthy = connectionState === 'disconnected' || connectionState === 'failed';
    if (!unhealthy && connectionState !== 'connected') return;
    unhealthyMs = unhealthy ? performance.now() : undefined;
    // Never a new pc in place of this one: the client would take its offer for one of the old.
    if (connectionState === 'failed') void handlers.freshIce().then(() => { if (!scope.aborted) pc.restartIce(); });
    onState(unhealthy, connectionState);
  }, { signal: scope });
  every(CHECK_MS, scope, () => {
    const nowMs = performance.now();
    if (handlers.word().socketClosed) hintedMs ??= nowMs;
    if (unhealthyMs === undefined) return;
    const hinted = hintedMs !== undefined && unhealthyMs - hintedMs < HINT_MS;
    if (nowMs - unhealthyMs >= (hinted ? HINTED_GRACE_MS : GRACE_MS)) handlers.onClosed('silent');
  });
}
