import { css } from 'lit';

export const fileStyles = css`
[part=file] {
  display: flex;
  flex-wrap: wrap;
  gap: calc(6 * var(--_px)) calc(12 * var(--_px));
  align-items: center;
  padding: calc(10 * var(--_px)) calc(12 * var(--_px));
  border: 1px solid color-mix(in srgb, var(--_border) 45%, transparent);
  border-radius: 12px;
  background: var(--_sunken);
}
[part=file-icon] {
  display: grid;
  flex: none;
  place-items: center;
  inline-size: 40px;
  block-size: 40px;
  border-radius: 10px;
  background: var(--_surface);
  color: var(--_muted);
}
.frame { flex: 0 0 100%; }
[part=picture] { display: block; max-inline-size: 100%; max-block-size: 220px; border-radius: 8px; background: var(--_surface); }
[part=picture-open], [part=picture-large] button {
  display: block;
  min-inline-size: 24px;
  min-block-size: 24px;
  padding: 0;
  border: 0;
  border-radius: 8px;
  background: none;
}
[part=picture-open]:hover, [part=picture-large] button:hover { filter: none; }
[part=picture-open] { cursor: zoom-in; }
[part=picture-large] { margin: auto; padding: 0; border: 0; background: none; }
[part=picture-large]::backdrop { background: rgb(0 0 0 / .75); }
[part=picture-large] button { cursor: zoom-out; --_focus: #fff; outline-offset: -2px; }
[part=picture-large] img { display: block; max-inline-size: calc(100vi - 16px); max-block-size: calc(100dvb - 16px); border-radius: 8px; background: var(--_surface); }
[part=file-about] { flex: 1 1 8.5rem; min-inline-size: 0; }
[part=file-name] { font-weight: 550; overflow: hidden; text-align: left; text-overflow: ellipsis; white-space: nowrap; }
[part=file-about]:dir(rtl) [part=file-name] { text-align: right; }
[part=file-meta], [part=file-status] { color: var(--_muted); font-size: .8125rem; overflow-wrap: anywhere; }
[part=file-status].failed { color: var(--_text); font-weight: 550; }
[part=file-actions] { display: flex; flex-wrap: wrap; justify-content: end; gap: calc(6 * var(--_px)); margin-inline: auto calc(-6 * var(--_px)); }
[part=file-actions].asked { flex-basis: 100%; margin: 0; }
[part=file-actions]:not(:has(button)) { display: none; }
[part=file-actions] button { min-block-size: calc(40 * var(--_px)); }
button.plain { inline-size: calc(40 * var(--_px)); min-block-size: calc(40 * var(--_px)); padding: 0; background: none; flex: none; }
[part~=file-accept], [part~=file-decline] { padding-inline: calc(16 * var(--_px)); font-size: .9375rem; }
[part~=file-decline] { background: var(--_surface); border-color: var(--_border); }
@media (forced-colors: active) { [part=picture-open] { border: 1px solid ButtonBorder; } }
`;
