import { css } from 'lit';

/** What stands over the page, and lets nothing else be done meanwhile. */
export const dialogs = css`
dialog {
  max-inline-size: none;
  max-block-size: min(46rem, 100vb - 16px);
  padding: 0;
  border: 1px solid var(--_border);
  border-radius: var(--_radius);
  background: var(--_surface);
  color: var(--_text);
}
dialog::backdrop { background: rgb(0 0 0 / .5); }
`;
