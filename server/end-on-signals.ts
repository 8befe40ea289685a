import type { Relay } from './relay.ts';

/** SIGTERM drains, then ends; SIGINT, or a second signal, ends at once. Nothing is left to do then: the process exits. */
export function endOnSignals(relay: Pick<Relay, 'drain' | 'close'>, drainMs?: number): void {
  let signals = 0;
  const end = (signal: 'SIGINT' | 'SIGTERM') => {
    signals++;
    if (signal === 'SIGTERM' && signals === 1 && drainMs !== 0) void relay.drain(drainMs).then(() => relay.close());
    else void relay.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
}
