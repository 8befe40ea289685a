import { css } from 'lit';

export const styles = css`
:host {
  position: fixed;
  inset-block-end: calc(16 * var(--_px));
  inset-inline: calc(16 * var(--_px));
  z-index: 10;
  pointer-events: none;
}
[part=list] { container-type: inline-size; display: grid; gap: calc(8 * var(--_px)); justify-items: center; }
[part=list]:focus { outline: none; }
[part=toast] {
  display: grid;
  grid: auto / minmax(0, auto);
  grid-auto-flow: column;
  align-items: center;
  gap: calc(6 * var(--_px)) calc(8 * var(--_px));
  max-inline-size: min(32rem, 100%);
  padding-block: calc(6 * var(--_px));
  padding-inline: calc(16 * var(--_px)) calc(6 * var(--_px));
  border: 1px solid color-mix(in srgb, var(--_border) 45%, transparent);
  border-radius: var(--_radius);
  background: var(--_surface);
  box-shadow: 0 6px 24px rgb(0 0 0 / .3);
  font-size: .9375rem;
  pointer-events: auto;
  animation: come .16s ease-out;
}
[part=toast].error { border-inline-start: 4px solid var(--_danger); }
[part=toast-text] { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
[part=progress] { min-inline-size: 12rem; }
[part=toast-actions] { display: flex; flex-wrap: wrap; justify-content: end; gap: calc(6 * var(--_px)); }
@container (max-width: 26rem) {
  /* On a phone the latest two of who comes and goes: more of them stand before what people are here for. */
  [part=toast]:is(.joined, .left):not(:nth-last-child(-n + 2), :focus-within) { display: none; }
  [part=toast] { grid-template-columns: minmax(0, 1fr) auto; inline-size: 100%; }
  [part=toast-actions] { grid-area: 2 / 1 / 3 / -1; padding-inline-end: calc(6 * var(--_px)); padding-block-end: 2px; }
}
[part=toast-actions] button { min-block-size: calc(40 * var(--_px)); padding-inline: calc(14 * var(--_px)); }
button.plain { inline-size: calc(40 * var(--_px)); min-block-size: calc(40 * var(--_px)); padding: 0; background: none; flex: none; }
@keyframes come { from { transform: translateY(12px); opacity: 0; } }
@media (prefers-reduced-motion: reduce) { [part=toast] { animation: none; } }
`;
