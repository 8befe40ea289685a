import { css } from 'lit';

export const styles = css`
:host {
  display: grid;
  grid-template-columns: minmax(0, 34rem);
  align-content: start;
  justify-content: center;
  gap: calc(20 * var(--_px));
  padding: clamp(12 * var(--_px), 4%, 32 * var(--_px));
  background: var(--_surface);
}
[part=preview] { position: relative; align-self: start; }
[part=preview], [part=devices] { justify-self: center; inline-size: min(100%, 85dvb); }
/* It holds its place until it is defined. */
rtc-video { display: block; aspect-ratio: 16 / 9; border-radius: var(--_radius); background: var(--_tile); }
.toggles { position: absolute; inset-block-end: 12px; inset-inline: 0; display: flex; justify-content: center; gap: 12px; }
rtc-video::part(caption) { display: none; }
rtc-video::part(avatar) { padding-block-end: 14%; }
[part=form], .joins, [part=devices] { display: grid; align-content: start; align-items: start; gap: calc(14 * var(--_px)); min-inline-size: 0; }
rtc-device-select:is(:not(:defined), :state(empty)) { display: none; }
[part=waiting] { margin: 0; }
[part=waiting]:empty { display: none; }
[part=heading] { margin: 0; font-size: 1.375rem; line-height: 1.2; overflow-wrap: anywhere; }
/* Devices come with a click, when nothing may move: below all else, or into a place that is kept for them. */
@media (max-height: 30rem) { @container (min-width: 34rem) { :host { grid-template-columns: minmax(0, 1fr) 17rem; } } }
@container (min-width: 60rem) {
  :host { grid-template-columns: minmax(0, 40rem) 20rem; align-content: safe center; column-gap: calc(40 * var(--_px)); }
  [part=form] { align-content: center; }
  .joins, [part=devices] { min-block-size: calc(102 * var(--_px)); }
  [part=devices] { grid-template-columns: repeat(3, minmax(0, 1fr)); }
}
`;
