import { css } from 'lit';

export const progressStyles = css`
[part=progress] {
  appearance: none;
  display: block;
  inline-size: 100%;
  block-size: 6px;
  margin-block: calc(6 * var(--_px)) calc(4 * var(--_px));
  border: 0;
  border-radius: 3px;
  background: color-mix(in srgb, var(--_border) 45%, transparent);
  overflow: hidden;
}
[part=progress]::-webkit-progress-bar { background: none; }
[part=progress]::-webkit-progress-value { background: var(--_accent); }
[part=progress]::-moz-progress-bar { background: var(--_accent); }
@media (forced-colors: active) {
  [part=progress] { border: 1px solid; }
  [part=progress]::-webkit-progress-value { background: Highlight; forced-color-adjust: none; }
  [part=progress]::-moz-progress-bar { background: Highlight; forced-color-adjust: none; }
}
`;
