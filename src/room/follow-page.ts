/**
 * A page that goes away takes its leave; one that the browser brings back joins again, its devices off.
 * @param session while it lasts there is something to leave: a room that nobody is in is held by no listener
 */
export function followPage(session: AbortSignal, leave: () => void, rejoin: () => void): void {
  if (typeof window === 'undefined') return;
  window.addEventListener('pagehide', () => {
    leave();
    window.addEventListener('pageshow', rejoin, { once: true });
  }, { signal: session });
}
