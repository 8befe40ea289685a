import { css } from 'lit';

export const styles = css`
:host { position: relative; padding: calc(12 * var(--_px)); background: var(--_surface); }
[part=list] { display: grid; grid-template-columns: minmax(0, 1fr); gap: calc(8 * var(--_px)); margin: 0; padding: 0; list-style: none; }
[part=empty] { margin: calc(8 * var(--_px)) 0; color: var(--_muted); text-align: center; }
[part=bar] { display: flex; justify-content: end; margin-block-start: calc(8 * var(--_px)); }
`;
