import { css } from 'lit';

export const styles = css`
:host { border-radius: var(--_radius); background: var(--_surface); }
[part=panel] { display: grid; gap: calc(12 * var(--_px)); max-inline-size: 34rem; margin-inline: auto; padding: clamp(12 * var(--_px), 4cqi, 20 * var(--_px)); }
p { margin: 0; unicode-bidi: plaintext; }
input { text-overflow: ellipsis; }
[part=actions] { display: flex; flex-wrap: wrap; gap: calc(8 * var(--_px)); }
[part=actions] button { flex: 1 1 auto; }
[part=status] { color: var(--_muted); font-size: .9375rem; }
[part=status]:empty { display: none; }
[part=qr] {
  justify-self: center;
  inline-size: min(100%, 16rem);
  padding: calc(4 * var(--_px));
  border-radius: 12px;
  background: #fff;
  color: #000;
  text-align: center;
}
[part=qr] svg { display: block; inline-size: 100%; block-size: auto; fill: #000; stroke: none; shape-rendering: crispEdges; }
[part=qr] p { padding: calc(8 * var(--_px)); }
[part=warning] {
  display: flex;
  align-items: start;
  gap: calc(10 * var(--_px));
  padding: calc(10 * var(--_px)) calc(12 * var(--_px));
  border-radius: 10px;
  background: var(--_sunken);
  font-size: .9375rem;
}
@media (forced-colors: active) {
  :host, [part=warning] { border: 1px solid CanvasText; }
  [part=qr] { forced-color-adjust: none; }
}
`;
