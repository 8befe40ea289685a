import { css } from 'lit';

export const styles = css`
:host { position: relative; padding: 12px; background: var(--_surface); }
[part=list] { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; margin: 0; padding: 0; list-style: none; }
[part=empty] { margin: 8px 0; color: var(--_muted); text-align: center; }
[part=bar] { display: flex; justify-content: end; margin-block-start: 8px; }
`;
