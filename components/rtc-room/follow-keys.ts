import { tryAgain } from '../internal/try-again.ts';
import type { RoomHost } from '../internal/room-request.ts';

/** Who presses a key within the room has a keyboard: what keys do there is loaded then. @param say - To who cannot see it. */
export function followKeys(host: RoomHost, say: (words: string) => void, signal: AbortSignal): void {
  host.addEventListener('keydown', (event) => {
    const path = event.composedPath();
    void tryAgain(async () => { (await import('./shortcuts.ts')).hearShortcuts(host, say, signal)(event, path); }, reportError);
  }, { once: true, signal });
}
