import { css } from 'lit';

export const styles = css`
:host { inline-size: fit-content; max-inline-size: 100%; align-self: start; border-radius: calc(32 * var(--_px)); background: var(--_stage); }
[part=bar] { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: calc(8 * var(--_px)); padding: calc(8 * var(--_px)); }
[part=bar] [part~=leave] { inline-size: calc(60 * var(--_px)); }
.wide { display: contents; }
.narrow { display: none; }
[popover] {
  max-inline-size: calc(100vi - 16px);
  padding: calc(6 * var(--_px));
  visibility: hidden; /* Until it is in its place. */
}
[part=panel] { inline-size: 22rem; padding: calc(20 * var(--_px)); }
/* Of what the bar stands in: the default interface, or a container of the page. */
@container (max-width: 560px) {
  .wide { display: none; }
  .narrow { display: contents; }
}
/* In one line it has no room to give away. */
@container (max-width: 700px) { :host { --_px: calc(1px * clamp(.6, var(--rtc-density, 1), 1)); } }
@media (max-width: 380px) {
  :host { --_px: calc(1px * clamp(.6, var(--rtc-density, 1), 1)); }
  [part=bar] { gap: calc(4 * var(--_px)); padding: calc(6 * var(--_px)) 0; }
  [part=bar] [part~=leave] { inline-size: calc(44 * var(--_px)); }
}
`;
