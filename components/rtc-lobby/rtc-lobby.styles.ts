import { css } from 'lit';

export const styles = css`
:host {
  display: grid;
  grid-template-columns: minmax(0, 34rem);
  align-content: safe center;
  justify-content: center;
  gap: 20px;
  padding: clamp(12px, 4%, 32px);
  background: var(--_surface);
}
@container (min-width: 60rem) { :host { grid-template-columns: minmax(0, 40rem) 20rem; gap: 40px; } }
[part=preview] { position: relative; }
/* It holds its place until it is defined. */
rtc-video { display: block; aspect-ratio: 16 / 9; border-radius: var(--_radius); background: var(--_tile); }
.toggles { position: absolute; inset-block-end: 12px; inset-inline: 0; display: flex; justify-content: center; gap: 12px; }
rtc-video::part(caption) { display: none; }
rtc-video::part(avatar) { padding-block-end: 14%; }
[part=form] { display: grid; align-content: center; gap: 14px; min-inline-size: 0; }
rtc-device-select:is(:not(:defined), :state(empty)) { display: none; }
[part=waiting] { margin: 0; }
[part=waiting]:empty { display: none; }
[part=heading] { margin: 0; font-size: 1.375rem; line-height: 1.2; overflow-wrap: anywhere; }
`;
