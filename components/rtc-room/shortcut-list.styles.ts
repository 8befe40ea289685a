import { css } from 'lit';

export const styles = css`
[part=shortcuts] { inline-size: min(26rem, 100vi - 16px); }
[part=shortcuts] header {
  position: sticky;
  inset-block-start: 0;
  display: flex;
  align-items: center;
  justify-content: space-between;
  padding-block: calc(6 * var(--_px));
  padding-inline: calc(20 * var(--_px)) calc(6 * var(--_px));
  background: var(--_surface);
}
[part=shortcuts] h2 { margin: 0; font-size: 1.125rem; }
[part=shortcuts] ul { margin: 0; padding: 0 calc(20 * var(--_px)); list-style: none; }
[part=shortcuts] p { margin: calc(12 * var(--_px)) calc(20 * var(--_px)) calc(16 * var(--_px)); color: var(--_muted); font-size: .875rem; }
[part=shortcut] { display: flex; align-items: center; justify-content: space-between; gap: 16px; padding-block: calc(7 * var(--_px)); }
[part=shortcut] + [part=shortcut] { border-block-start: 1px solid color-mix(in srgb, var(--_border) 35%, transparent); }
[part=key] {
  flex: none;
  min-inline-size: 36px;
  padding: 2px 9px;
  border: 1px solid var(--_border);
  border-block-end-width: 2px;
  border-radius: 7px;
  background: var(--_sunken);
  font: 600 .875rem/1.5 var(--rtc-font, system-ui, sans-serif);
  text-align: center;
}
`;
