/** More than that at a time is a crowd in which nobody sees anything. */
const MAX_SHOWN = 6;
const SHOWN_MS = 2600;

/** Lets it rise over a tile and go; where motion is not wanted, it stands there for as long. Loaded with the first one. */
export function showReaction(tile: Element, reaction: string): void {
  const shown = tile.querySelectorAll('[part=reaction]').length;
  if (shown >= MAX_SHOWN) return;
  const mark = Object.assign(tile.ownerDocument.createElement('span'), { textContent: reaction, ariaHidden: 'true' });
  mark.setAttribute('part', 'reaction');
  // Each at another place, so that two are two.
  mark.style.setProperty('inset-inline-start', `${10 + (shown * 37) % 70}%`);
  tile.append(mark);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const frames = still ? { opacity: [1, 1] }
    : { transform: ['translateY(40%) scale(.5)', 'none', 'translateY(-60%)', 'translateY(-140%)'], opacity: [0, 1, 1, 0] };
  mark.animate(frames, { duration: SHOWN_MS, easing: 'ease-out' }).addEventListener('finish', () => { mark.remove(); });
}
