import { css } from 'lit';

export const styles = css`
:host { --_own-width: 46rem; overflow: auto; border-radius: var(--_radius); background: var(--_surface); }
[part=panel] { display: grid; gap: calc(16 * var(--_px)); padding: clamp(12 * var(--_px), 3cqi, 20 * var(--_px)); }
header { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: calc(8 * var(--_px)) calc(16 * var(--_px)); }
h2, h3, p, figure { margin: 0; }
h2, h3, p { unicode-bidi: plaintext; }
h2 { font-size: 1.125rem; line-height: 1.3; }
h3 { display: flex; gap: .3em; min-inline-size: 0; font-size: 1rem; }
[part=name] { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
p:empty { display: none; }
[part=note], [part=status], [part=link], [part=name-mark] { color: var(--_muted); font-size: .9375rem; font-weight: 400; }
[part=participant] {
  display: grid;
  position: relative;
  overflow: clip; /* A table for screen readers is no narrower than its words. */
  gap: calc(10 * var(--_px));
  min-inline-size: 0;
  max-inline-size: 100%;
  padding-block-start: calc(14 * var(--_px));
  border-block-start: 1px solid color-mix(in srgb, var(--_border) 40%, transparent);
}
[part=graphs] { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 6.5rem), 1fr)); gap: calc(8 * var(--_px)); }
[part=graph] { display: grid; grid-template-rows: 1fr auto; gap: calc(4 * var(--_px)); padding: calc(8 * var(--_px)) calc(10 * var(--_px)); border-radius: 10px; background: var(--_sunken); }
figcaption { display: grid; align-content: space-between; font-size: .8125rem; color: var(--_muted); }
[part=value] { color: var(--_text); font-weight: 600; font-variant-numeric: tabular-nums; }
[part=graph] svg { inline-size: 100%; block-size: 36px; stroke-width: 1.5; color: var(--_focus); }
[part=graph] path { vector-effect: non-scaling-stroke; }
[part=streams] { position: relative; overflow-x: auto; }
table { border-collapse: collapse; font-size: .8125rem; font-variant-numeric: tabular-nums; }
[part=streams] table { inline-size: 100%; }
:is(th, td) { padding: calc(5 * var(--_px)) calc(8 * var(--_px)); text-align: start; white-space: nowrap; }
thead th { color: var(--_muted); font-weight: 500; }
tbody :is(th, td) { border-block-start: 1px solid color-mix(in srgb, var(--_border) 30%, transparent); font-weight: 400; }
@media (forced-colors: active) { :host, [part=graph] { border: 1px solid CanvasText; } [part=graph] svg { color: CanvasText; } }
`;
