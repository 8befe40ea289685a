import { css } from 'lit';

export const styles = css`
:host { display: inline-block; vertical-align: middle; }
button.labelled { background: #303643; color: #f3f5f8; --_focus: #a8b8ff; }
button.labelled.device[aria-pressed='false'] { background: #6b1f2e; color: #ffd9de; }
button.labelled[aria-pressed='true']:not(.device) { background: var(--_accent); color: var(--_on-accent); }
button.labelled.danger { background: var(--_danger); color: #fff; }
`;
