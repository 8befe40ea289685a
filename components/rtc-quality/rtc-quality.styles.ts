import { css } from 'lit';

export const styles = css`
:host { display: inline-flex; --_level: #1d7a46; }
:host(:state(fair)) { --_level: #a15c00; }
:host(:state(poor)) { --_level: var(--_danger); }
@supports (color: light-dark(red, red)) {
  :host { --_level: light-dark(#1d7a46, #6fdc9b); }
  :host(:state(fair)) { --_level: light-dark(#a15c00, #ffc56b); }
  :host(:state(poor)) { --_level: light-dark(#b3202f, #ff9aa6); }
}
[part=quality] { display: inline-flex; align-items: center; gap: .45em; min-inline-size: 0; min-block-size: 24px; font-size: .875rem; }
[part=text] { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; unicode-bidi: plaintext; }
svg { inline-size: 1.25em; block-size: 1.25em; color: var(--_level); stroke-width: 4; }
svg:dir(rtl) { transform: scaleX(-1); }
.off { opacity: .35; color: var(--_muted); }
@media (forced-colors: active) { svg { color: CanvasText; } .off { color: GrayText; opacity: 1; } }
`;
