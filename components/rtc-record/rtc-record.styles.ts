import { css } from 'lit';

export const styles = css`
:host { border-radius: var(--_radius); background: var(--_surface); }
[part=panel] {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  justify-items: start;
  gap: calc(14 * var(--_px));
  max-inline-size: 32rem;
  margin-inline: auto;
  padding: clamp(12 * var(--_px), 4cqi, 24 * var(--_px));
}
h2, p { margin: 0; }
h2 { font-size: 1.125rem; line-height: 1.3; }
[part=about], [part=note] { color: var(--_muted); font-size: .9375rem; }
[part=people] { display: grid; gap: 2px; margin: 0; padding: 0; border: 0; min-inline-size: 0; inline-size: 100%; }
[part=legend] { padding: 0; font-weight: 600; }
label { display: flex; align-items: center; gap: calc(10 * var(--_px)); min-block-size: calc(40 * var(--_px)); cursor: pointer; overflow-wrap: anywhere; }
label span { min-inline-size: 0; }
input { flex: none; inline-size: 20px; block-size: 20px; margin: 2px; accent-color: var(--_accent); }
[part=status] { display: flex; flex-wrap: wrap; align-items: center; gap: calc(8 * var(--_px)) calc(16 * var(--_px)); }
[part=recordings] { inline-size: 100%; }
@media (forced-colors: active) { :host { border: 1px solid CanvasText; } }
`;
