import { css } from 'lit';

/** Labels above what they name. */
export const fieldStyles = css`
label { display: grid; gap: 4px; color: var(--_muted); font-size: .875rem; min-inline-size: 0; }
input, select, textarea {
  inline-size: 100%;
  min-inline-size: 0;
  min-block-size: 44px;
  padding: 9px 12px;
  border: 1px solid var(--_border);
  border-radius: 10px;
  background: var(--_surface);
  color: var(--_text);
  font: inherit;
  font-size: 1rem;
}
`;
