import { css } from 'lit';

export const buttons = css`
button {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  gap: calc(8 * var(--_px));
  position: relative;
  min-block-size: calc(44 * var(--_px));
  padding: calc(6 * var(--_px)) calc(18 * var(--_px));
  border: 1px solid transparent;
  border-radius: 999px;
  background: var(--_sunken);
  color: inherit;
  font: inherit;
  font-weight: 550;
  line-height: 1.25;
  cursor: pointer;
  transition: background-color .15s, color .15s;
}
button:hover { filter: brightness(1.12); }
button:disabled, button[aria-disabled='true'] { opacity: .6; cursor: default; filter: none; }
button.primary { background: var(--_accent); color: var(--_on-accent); }
button.round {
  inline-size: calc(48 * var(--_px));
  min-block-size: calc(48 * var(--_px));
  padding: 0;
  background: #303643;
  color: #f3f5f8;
  --_focus: #a8b8ff;
}
button.round[aria-pressed='false'].device { background: #6b1f2e; color: #ffd9de; }
button.round[aria-pressed='true']:not(.device) { background: var(--_accent); color: var(--_on-accent); }
button.round.danger, button.danger { background: var(--_danger); color: #fff; }
@media (max-width: 380px) { button.round { inline-size: calc(44 * var(--_px)); min-block-size: calc(44 * var(--_px)); } }
button[aria-busy='true'] { animation: wait 1s ease-in-out infinite alternate; }
@keyframes wait { to { opacity: .5; } }
@media (prefers-reduced-motion: reduce) { button { transition: none; animation: none !important; } }
@media (forced-colors: active) {
  button { border-color: ButtonBorder; }
  button[aria-pressed='true'] { background: Highlight !important; color: HighlightText !important; forced-color-adjust: none; }
}
`;
