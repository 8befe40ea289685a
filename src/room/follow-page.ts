export interface PageVisit {
  /** @returns whether there was something to leave. */
  leave(): boolean;
  rejoin(): void;
}

/** A page that goes away takes its leave; one that the browser brings back joins again, its devices off. */
export function followPage({ leave, rejoin }: PageVisit, scope: AbortSignal): void {
  if (typeof window === 'undefined') return;
  let left = false;
  window.addEventListener('pagehide', () => { left = leave(); }, { signal: scope });
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted && left) rejoin();
    left = false;
  }, { signal: scope });
}
