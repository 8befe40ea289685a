import { css } from 'lit';

export const styles = css`
:host { overflow: auto; border-radius: var(--_radius); background: var(--_surface); }
ul, ol { margin: 0; padding: 0; list-style: none; }
[part=list], section { padding: 8px; }
section + [part=list] { padding-block-start: 0; }
[part=heading] { margin: 4px 8px 6px; color: var(--_muted); font-size: .8125rem; font-weight: 600; }
[part=participant] {
  display: grid;
  grid-template-columns: 36px 1fr auto auto;
  align-items: center;
  min-block-size: 56px;
  padding-block: 6px;
  padding-inline: 8px 0;
  border-radius: 10px;
  content-visibility: auto;
  contain-intrinsic-block-size: auto 56px;
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
.label { display: grid; min-inline-size: 0; margin-inline: 10px; }
.person { display: flex; gap: .3em; min-inline-size: 0; white-space: nowrap; }
[part=name] { overflow: hidden; text-overflow: ellipsis; }
[part=note], [part=name-mark] { flex: none; color: var(--_muted); }
[part=facts] { display: flex; flex-wrap: wrap; align-items: center; gap: 0 8px; min-block-size: 20px; color: var(--_muted); font-size: .8125rem; }
[part=fact] { display: flex; align-items: center; }
[part=fact] svg { inline-size: 1.25em; block-size: 1.25em; }
[part=fact]:is(.microphone-off, .camera-off) { opacity: .75; }
[part=fact].hand { gap: 2px; padding-inline: 4px 6px; border-radius: 999px; background: #f2c14e; color: #1b1f27; }
.interrupted [part=avatar] { filter: grayscale(1); }
[part=identity] { grid-column: 3; grid-row: 1; inline-size: 40px; block-size: 40px; color: var(--_muted); font-size: 1rem; }
[part=identity]:hover { background: var(--_sunken); }
[part=identity]:is(.linked, .vouched) { color: var(--_focus); }
[part=identity].verified { color: #1d7a46; }
@supports (color: light-dark(red, red)) {
  [part=identity].verified { color: light-dark(#1d7a46, #6fdc9b); }
}
[part=actions-toggle] { grid-column: 4; grid-row: 1; inline-size: 40px; min-block-size: 40px; padding: 0; background: none; }
[part=actions-toggle]:is(:hover, [aria-expanded=true]) { background: var(--_sunken); filter: none; }
[part=host], [part=actions], [part=question] { display: flex; flex-wrap: wrap; gap: 6px; }
[part=host], .shown > [part=question] {
  justify-content: center;
  padding: 8px;
  border-block-start: 1px solid color-mix(in srgb, var(--_border) 35%, transparent);
  background: var(--_surface);
}
@media (min-height: 700px) { [part=host], .shown > [part=question] { position: sticky; inset-block-end: 0; } }
[part=question] { align-items: center; justify-content: end; padding: 8px; }
[part=question] span { flex: 1 1 9rem; overflow-wrap: anywhere; }
[part=question] span :is([part=name], [part=name-mark]) { flex: none; font-weight: 600; }
li > :is([part=actions], [part=question]) { grid-column: 1 / -1; padding: 4px 8px 4px 0; }
li > [part=actions] { padding-inline-start: 46px; }
[part~=button] { min-block-size: 40px; padding-inline: 14px; font-size: .9375rem; }
[part=host] button { padding-inline: 12px; font-size: .875rem; }
[part=hands] ol { display: flex; flex-wrap: wrap; gap: 6px; padding-inline: 8px; counter-reset: place; }
[part=hands] li { max-inline-size: 100%; padding: 2px 10px; border-radius: 999px; background: var(--_sunken); overflow-wrap: anywhere; }
[part=hands] li::before { counter-increment: place; content: counter(place) '. '; color: var(--_muted); }
[part=waiting] { border-block-end: 1px solid color-mix(in srgb, var(--_border) 35%, transparent); }
[part=knock] { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 4px 8px; }
[part=knock] > span { flex: 1 1 11rem; min-inline-size: 0; overflow-wrap: anywhere; }
[part=knock] > div { display: flex; gap: 6px; margin-inline-start: auto; }
[part~=admit-all] { display: flex; margin: 6px 8px; margin-inline-start: auto; }
@media (forced-colors: active) { [part=avatar], [part=hands] li, [part=fact].hand { border: 1px solid CanvasText; } }
`;
