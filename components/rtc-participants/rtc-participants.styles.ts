import { css } from 'lit';

export const styles = css`
:host { overflow: auto; border-radius: var(--_radius); background: var(--_surface); }
ul { margin: 0; padding: 8px; list-style: none; }
[part=participant] {
  display: grid;
  grid-template-columns: 36px 1fr 22px 40px;
  align-items: center;
  gap: 10px;
  min-block-size: 52px;
  padding-block: 6px;
  padding-inline: 8px 0;
  border-radius: 10px;
}
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
.label { display: grid; min-inline-size: 0; }
.person { display: flex; gap: .3em; min-inline-size: 0; white-space: nowrap; }
[part=name] { overflow: hidden; text-overflow: ellipsis; }
.person > span, [part=name-mark] { flex: none; color: var(--_muted); }
[part=status] { color: var(--_muted); font-size: .8125rem; }
.interrupted [part=avatar] { filter: grayscale(1); }
.muted { display: flex; grid-column: 3; color: var(--_muted); }
.muted svg { inline-size: 1.25em; block-size: 1.25em; }
[part=identity] { grid-column: 4; grid-row: 1; inline-size: 40px; block-size: 40px; color: var(--_muted); font-size: 1rem; }
[part=identity]:hover { background: var(--_sunken); }
[part=identity]:is(.linked, .vouched) { color: var(--_focus); }
[part=identity].verified { color: #1d7a46; }
@supports (color: light-dark(red, red)) {
  [part=identity].verified { color: light-dark(#1d7a46, #6fdc9b); }
}
@media (forced-colors: active) { [part=avatar] { border: 1px solid CanvasText; } }
`;
