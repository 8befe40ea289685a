import { css } from 'lit';

export const styles = css`
:host { container-type: inline-size; border-radius: var(--_radius); background: var(--_surface); }
[part=panel] { display: grid; gap: 12px; max-inline-size: 34rem; margin-inline: auto; padding: clamp(12px, 4cqi, 20px); }
p { margin: 0; unicode-bidi: plaintext; }
input { text-overflow: ellipsis; }
[part=actions] { display: flex; flex-wrap: wrap; gap: 8px; }
[part=actions] button { flex: 1 1 auto; }
[part=status] { color: var(--_muted); font-size: .9375rem; }
[part=status]:empty { display: none; }
[part=qr] {
  justify-self: center;
  inline-size: min(100%, 16rem);
  padding: 4px;
  border-radius: 12px;
  background: #fff;
  color: #000;
  text-align: center;
}
[part=qr] svg { display: block; inline-size: 100%; block-size: auto; fill: #000; stroke: none; shape-rendering: crispEdges; }
[part=qr] p { padding: 8px; }
[part=warning] {
  display: flex;
  align-items: start;
  gap: 10px;
  padding: 10px 12px;
  border-radius: 10px;
  background: var(--_sunken);
  font-size: .9375rem;
}
@media (forced-colors: active) {
  :host, [part=warning] { border: 1px solid CanvasText; }
  [part=qr] { forced-color-adjust: none; }
}
`;
