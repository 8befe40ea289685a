import { css } from 'lit';

/** Labels above what they name. */
export const fieldStyles = css`
label { display: grid; gap: calc(4 * var(--_px)); color: var(--_muted); font-size: .875rem; min-inline-size: 0; }
input, select, textarea {
  inline-size: 100%;
  min-inline-size: 0;
  min-block-size: calc(44 * var(--_px));
  padding: calc(22 * var(--_px) - 13px) calc(12 * var(--_px)); /* A line of text is as high as ever. */
  border: 1px solid var(--_border);
  border-radius: 10px;
  background: var(--_surface);
  color: var(--_text);
  font: inherit;
  font-size: 1rem;
}
`;
