import { lazilyFor } from '../internal/lazily-for.ts';
import type { RoomHost } from '../internal/room-request.ts';

/** Who presses a key within the room has a keyboard: what keys do there is loaded then. @param say - To who cannot see it. */
export function followKeys(host: RoomHost, say: (words: string) => void, signal: AbortSignal): void {
  const first = new AbortController();
  const load = lazilyFor(host, () => import('./shortcuts.ts'));
  host.addEventListener('keydown', (event) => {
    const path = event.composedPath();
    void load().then(({ hearShortcuts }) => {
      if (!first.signal.aborted) hearShortcuts(host, say, signal)(event, path);
      first.abort();
    });
  }, { signal: AbortSignal.any([signal, first.signal]) });
}
