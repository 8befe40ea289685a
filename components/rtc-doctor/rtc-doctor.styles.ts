import { css } from 'lit';

export const styles = css`
:host { --_own-width: 40rem; border-radius: var(--_radius); background: var(--_surface); }
[part=panel] { display: grid; gap: calc(14 * var(--_px)); max-inline-size: 42rem; margin-inline: auto; padding: clamp(12 * var(--_px), 4cqi, 24 * var(--_px)); }
h2, p, ol { margin: 0; padding: 0; }
h2, p { unicode-bidi: plaintext; }
h2 { font-size: 1.125rem; line-height: 1.3; }
[part=about], [part=advice], [part=status] { color: var(--_muted); font-size: .9375rem; }
[part=summary] { font-weight: 600; }
p:empty { display: none; }
[part=actions] { display: flex; flex-wrap: wrap; gap: calc(8 * var(--_px)); }
[part=checks] { display: grid; list-style: none; }
[part=check] {
  --_state: var(--_muted);
  display: grid;
  grid-template-columns: 24px minmax(0, 1fr) auto;
  gap: 2px calc(10 * var(--_px));
  align-items: start;
  padding-block: calc(10 * var(--_px));
  border-block-start: 1px solid color-mix(in srgb, var(--_border) 40%, transparent);
}
[part=check] > svg { color: var(--_state); }
[part=title] { font-weight: 550; overflow-wrap: anywhere; }
[part=state] { color: var(--_state); font-size: .9375rem; }
[part=advice] { grid-column: 2 / -1; }
[part=code] { font-family: ui-monospace, monospace; font-size: .8125rem; white-space: nowrap; }
.good { --_state: #1d7a46; }
.warning { --_state: #8f5100; }
.bad { --_state: #b3202f; }
@supports (color: light-dark(red, red)) {
  .good { --_state: light-dark(#1d7a46, #6fdc9b); }
  .warning { --_state: light-dark(#8f5100, #ffc56b); }
  .bad { --_state: light-dark(#b3202f, #ff9aa6); }
}
.running > svg { animation: turn 1s linear infinite; }
@keyframes turn { to { transform: rotate(1turn); } }
@container (max-width: 22rem) { [part=state] { grid-column: 2 / -1; } }
@media (prefers-reduced-motion: reduce) { .running > svg { animation: none; } }
@media (forced-colors: active) { :host { border: 1px solid CanvasText; } [part=check] > svg { color: CanvasText; } }
`;
