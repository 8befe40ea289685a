import { css } from 'lit';

export const styles = css`
:host { overflow: auto; border-radius: var(--_radius); background: var(--_surface); }
ul, ol { margin: 0; padding: 0; list-style: none; }
[part=list], section { padding: calc(8 * var(--_px)); }
section + [part=list] { padding-block-start: 0; }
[part=locked] {
  display: flex;
  align-items: center;
  gap: calc(8 * var(--_px));
  margin: calc(8 * var(--_px)) calc(8 * var(--_px)) 0;
  padding: calc(6 * var(--_px)) calc(10 * var(--_px));
  border-radius: 10px;
  background: var(--_sunken);
  font-size: .875rem;
}
[part=heading] { margin: calc(4 * var(--_px)) calc(8 * var(--_px)) calc(6 * var(--_px)); color: var(--_muted); font-size: .8125rem; font-weight: 600; }
[part=participant] {
  display: grid;
  grid-template-columns: 36px 1fr auto auto;
  align-items: center;
  min-block-size: calc(56 * var(--_px));
  padding-block: calc(6 * var(--_px));
  padding-inline: calc(8 * var(--_px)) 0;
  border-radius: 10px;
  content-visibility: auto;
  contain-intrinsic-block-size: auto calc(56 * var(--_px));
}
[part=participant]:focus-visible { outline-offset: -2px; }
[part=participant] + [part=participant] { margin-block-start: 2px; }
[part=avatar] {
  display: grid;
  place-items: center;
  inline-size: 36px;
  block-size: 36px;
  border-radius: 50%;
  background: hsl(var(--_hue) 40% 34%);
  color: #fff;
  font-size: .875rem;
  font-weight: 600;
}
.label { display: grid; min-inline-size: 0; margin-inline: calc(10 * var(--_px)); }
.person { display: flex; gap: .3em; min-inline-size: 0; white-space: nowrap; }
[part=name] { overflow: hidden; text-overflow: ellipsis; }
[part=note], [part=name-mark] { flex: none; color: var(--_muted); }
[part=facts] { display: flex; flex-wrap: wrap; align-items: center; gap: 0 calc(8 * var(--_px)); min-block-size: 20px; color: var(--_muted); font-size: .8125rem; }
[part=fact] { display: flex; align-items: center; }
[part=fact] svg { inline-size: 1.25em; block-size: 1.25em; }
[part=fact]:is(.microphone-off, .camera-off) { opacity: .75; }
[part=fact].hand { gap: 2px; padding-inline: calc(4 * var(--_px)) calc(6 * var(--_px)); border-radius: 999px; background: #f2c14e; color: #1b1f27; }
.interrupted [part=avatar] { filter: grayscale(1); }
[part=identity] { grid-column: 3; grid-row: 1; inline-size: calc(40 * var(--_px)); block-size: calc(40 * var(--_px)); color: var(--_muted); font-size: 1rem; }
[part=identity]:hover { background: var(--_sunken); }
[part=identity]:is(.linked, .vouched) { color: var(--_focus); }
[part=identity].verified { color: #1d7a46; }
@supports (color: light-dark(red, red)) {
  [part=identity].verified { color: light-dark(#1d7a46, #6fdc9b); }
}
[part=actions-toggle] { grid-column: 4; grid-row: 1; inline-size: calc(40 * var(--_px)); min-block-size: calc(40 * var(--_px)); padding: 0; background: none; }
[part=actions-toggle]:is(:hover, [aria-expanded=true]) { background: var(--_sunken); filter: none; }
/* All of one width, in lines that stay what they are whatever they say. */
[part=host], [part=actions], [part=question] { display: grid; grid-template-columns: 1fr 1fr; gap: calc(6 * var(--_px)); }
[part=actions] { grid-template-columns: 1fr; }
[part=host] [part~=end], [part=question] span { grid-column: 1 / -1; }
[part=host], .shown > [part=question] {
  padding: calc(8 * var(--_px));
  border-block-start: 1px solid color-mix(in srgb, var(--_border) 35%, transparent);
  background: var(--_surface);
}
@media (min-height: 700px) { [part=host], .shown > [part=question] { position: sticky; inset-block-end: 0; } }
[part=question] { padding: calc(8 * var(--_px)); }
[part=question] span { overflow-wrap: anywhere; }
[part=question] span :is([part=name], [part=name-mark]) { font-weight: 600; }
li > :is([part=actions], [part=question]) { grid-column: 1 / -1; padding: calc(4 * var(--_px)) calc(8 * var(--_px)) calc(4 * var(--_px)) 0; }
li > [part=actions] { padding-inline-start: calc(36px + 10 * var(--_px)); }
[part~=button] { min-block-size: calc(40 * var(--_px)); padding-inline: calc(14 * var(--_px)); font-size: .9375rem; }
[part=host] button { padding-inline: calc(12 * var(--_px)); font-size: .875rem; }
[part=hands] ol { display: flex; flex-wrap: wrap; gap: calc(6 * var(--_px)); padding-inline: calc(8 * var(--_px)); counter-reset: place; }
[part=hands] li { max-inline-size: 100%; padding: 2px calc(10 * var(--_px)); border-radius: 999px; background: var(--_sunken); overflow-wrap: anywhere; }
[part=hands] li::before { counter-increment: place; content: counter(place) '. '; color: var(--_muted); }
[part=waiting] { border-block-end: 1px solid color-mix(in srgb, var(--_border) 35%, transparent); }
[part=knock] { display: flex; flex-wrap: wrap; align-items: center; gap: calc(8 * var(--_px)); padding: calc(4 * var(--_px)) calc(8 * var(--_px)); }
[part=knock] > span { flex: 1 1 11rem; min-inline-size: 0; overflow-wrap: anywhere; }
[part=knock] > div { display: flex; gap: calc(6 * var(--_px)); margin-inline-start: auto; }
[part~=admit-all] { display: flex; margin: calc(6 * var(--_px)) calc(8 * var(--_px)); margin-inline-start: auto; }
@media (forced-colors: active) { [part=avatar], [part=hands] li, [part=fact].hand { border: 1px solid CanvasText; } }
`;
