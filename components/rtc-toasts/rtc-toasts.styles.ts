import { css } from 'lit';

export const styles = css`
:host {
  position: fixed;
  inset-block-end: 16px;
  inset-inline: 16px;
  z-index: 10;
  pointer-events: none;
}
[part=list] { container-type: inline-size; display: grid; gap: 8px; justify-items: center; }
[part=list]:focus { outline: none; }
[part=toast] {
  display: grid;
  grid: auto / minmax(0, auto);
  grid-auto-flow: column;
  align-items: center;
  gap: 6px 8px;
  max-inline-size: min(32rem, 100%);
  padding-block: 6px;
  padding-inline: 16px 6px;
  border: 1px solid color-mix(in srgb, var(--_border) 45%, transparent);
  border-radius: var(--_radius);
  background: var(--_surface);
  box-shadow: 0 6px 24px rgb(0 0 0 / .3);
  font-size: .9375rem;
  pointer-events: auto;
  animation: come .16s ease-out;
}
[part=toast].error { border-inline-start: 4px solid var(--_danger); }
[part=toast-text] { overflow-wrap: anywhere; }
[part=toast-actions] { display: flex; flex-wrap: wrap; justify-content: end; gap: 6px; }
@container (max-width: 26rem) {
  [part=toast] { grid-template-columns: minmax(0, 1fr) auto; inline-size: 100%; }
  [part=toast-actions] { grid-area: 2 / 1 / 3 / -1; padding-inline-end: 6px; padding-block-end: 2px; }
}
[part=toast-actions] button { min-block-size: 40px; padding-inline: 14px; }
button.plain { inline-size: 40px; min-block-size: 40px; padding: 0; background: none; flex: none; }
@keyframes come { from { transform: translateY(12px); opacity: 0; } }
@media (prefers-reduced-motion: reduce) { [part=toast] { animation: none; } }
`;
