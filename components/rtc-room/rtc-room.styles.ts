import { css } from 'lit';

export { captionLines } from '../internal/captions.styles.ts';

/** Where it is narrow nothing lies over anything else: what has the focus can be seen (WCAG 2.2, 2.4.11). */
export const styles = css`
:host {
  position: relative;
  display: flex;
  flex-direction: column;
  block-size: calc(100dvb - 1rem);
  min-block-size: 22rem;
  overflow: clip; /* Which leaves the bar to the page to stick to. */
  border-radius: var(--_radius);
  background: var(--_surface);
  container: room / inline-size;
  contain-intrinsic-inline-size: min(70rem, 100vi - 16px); /* Where the page does not stretch it. */
  min-inline-size: 0;
  max-inline-size: 100%;
}
:host(:state(arranged)) {
  display: block;
  block-size: auto;
  min-block-size: 0;
  overflow: visible;
  background: none;
  container-type: normal;
}
rtc-audio:not(:state(blocked)) { display: contents; }
rtc-audio, rtc-recording, [part=error], [part=notice] { grid-column: 1 / -1; }
[part=error], [part=notice] {
  display: flex;
  align-items: center;
  gap: calc(12 * var(--_px));
  padding-block: calc(6 * var(--_px));
  padding-inline: calc(16 * var(--_px)) calc(8 * var(--_px));
  background: color-mix(in srgb, var(--_danger) 16%, var(--_surface));
  font-size: .9375rem;
}
[part=error] span { flex: 1; }
[part=error] small { white-space: nowrap; }
[part=notice] { justify-content: center; min-block-size: calc(44 * var(--_px)); padding-block: 0; background: color-mix(in srgb, #e0a100 22%, var(--_surface)); }
button.plain { inline-size: calc(44 * var(--_px)); padding: 0; background: none; flex: none; }
rtc-lobby { flex: 1; overflow-y: auto; }
[part=stage] {
  flex: 1;
  min-block-size: 0;
  display: grid;
  grid: minmax(0, 1fr) / minmax(0, 1fr) auto;
  background: var(--_stage);
  --_focus: #a8b8ff;
}
.call { position: relative; display: flex; flex-direction: column; min-inline-size: 0; }
rtc-grid::part(view) { display: none; } /* It stands behind "more". */
/* The button is to come in without a jolt, if it comes soon. */
rtc-grid:state(empty):not(:has([part=invite])) { animation: await-invite 3s; }
@keyframes await-invite { from, to { --_alone: hidden; } }
rtc-grid { flex: 1; min-block-size: 0; border-radius: 0; }
[part=stage]:focus { outline: none; }
rtc-toasts { position: absolute; inset-block-end: 100%; inset-inline: 0; margin: calc(8 * var(--_px)); }
[part=bar] {
  position: sticky;
  inset-block-end: 0;
  display: flex;
  justify-content: center;
  padding: 0 calc(4 * var(--_px)) calc(6 * var(--_px));
  background: var(--_stage);
  container-type: inline-size;
}
rtc-grid:focus-within ~ [part=bar] { position: relative; }
/* They hold their place until they are defined. */
rtc-controls { min-block-size: calc(64 * var(--_px)); }
rtc-controls:not(:defined) { visibility: hidden; }
@media (max-width: 380px) { rtc-controls { min-block-size: calc(56 * var(--_px)); } }
[part=badge] {
  position: absolute;
  inset-block-start: -3px;
  inset-inline-end: -3px;
  min-inline-size: 20px;
  padding: 0 5px;
  border-radius: 10px;
  background: var(--_danger);
  color: #fff;
  font-size: .75rem;
  line-height: 20px;
}
[part=panel] {
  display: flex;
  flex-direction: column;
  inline-size: min(21rem, 40cqi);
  min-block-size: 0;
  margin-block: calc(8 * var(--_px));
  margin-inline-end: calc(8 * var(--_px));
  overflow: hidden;
  border-radius: var(--_radius);
  background: var(--_surface);
  color: var(--_text);
}
[part=panel-header] {
  display: flex;
  align-items: center;
  justify-content: space-between;
  padding-block-start: calc(6 * var(--_px));
  padding-inline: calc(16 * var(--_px)) calc(6 * var(--_px));
}
[part=panel-header] h2 { margin: 0; font-size: 1.0625rem; }
rtc-chat, rtc-participants { flex: 1; min-block-size: 0; border-radius: 0; }
rtc-participants:not(:defined) { min-block-size: 200px; }
/* A low window, as that of a phone held across, has room beside rather than below. */
@media (max-width: 36rem), (min-height: 30rem) {
  @container room (max-width: 720px) {
    [part=stage]:has(> [part=panel]:not([hidden])) { grid: minmax(0, 1fr) min(68%, 34rem) / minmax(0, 1fr); }
    [part=panel] {
      inline-size: auto;
      margin: 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      animation: rise .18s ease-out;
    }
  }
}
@keyframes rise { from { transform: translateY(24px); opacity: 0; } }
@media (prefers-reduced-motion: reduce) { [part=panel] { animation: none; } }
@media (forced-colors: active) { [part=error], [part=notice], [part=panel], [part=badge] { border: 1px solid; } }
`;
