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
  overflow: hidden;
  border-radius: var(--_radius);
  background: var(--_surface);
  container: room / inline-size;
}
:host(:state(arranged)) {
  display: block;
  block-size: auto;
  min-block-size: 0;
  overflow: visible;
  background: none;
  container-type: normal;
}
[part=error], [part=notice] {
  display: flex;
  align-items: center;
  gap: 12px;
  padding-block: 6px;
  padding-inline: 16px 8px;
  background: color-mix(in srgb, var(--_danger) 16%, var(--_surface));
  font-size: .9375rem;
}
[part=error] span { flex: 1; }
[part=error] small { white-space: nowrap; }
[part=notice] { justify-content: center; min-block-size: 44px; padding-block: 0; background: color-mix(in srgb, #e0a100 22%, var(--_surface)); }
button.plain { inline-size: 44px; padding: 0; background: none; flex: none; }
rtc-lobby { flex: 1; overflow-y: auto; }
[part=stage] {
  flex: 1;
  min-block-size: 0;
  display: grid;
  grid: auto minmax(0, 1fr) auto / minmax(0, 1fr) auto;
  background: var(--_stage);
  --_focus: #a8b8ff;
}
rtc-grid { grid-area: 1 / 1 / 3 / 2; block-size: 100%; min-block-size: 0; aspect-ratio: auto; border-radius: 0; }
[part=stage]:focus { outline: none; }
[part=knocks] {
  grid-area: 1 / 1;
  z-index: 1;
  align-self: start;
  justify-self: center;
  inline-size: min(30rem, 100% - 16px);
  max-block-size: 16rem;
  margin: 8px;
  padding: 0;
  overflow-y: auto;
  border-radius: var(--_radius);
  background: var(--_surface);
  color: var(--_text);
  box-shadow: 0 6px 24px rgb(0 0 0 / .4);
  list-style: none;
}
[part=knock] { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 8px; padding-inline-start: 16px; }
[part=knock] span { flex: 1 1 8rem; min-inline-size: 0; overflow-wrap: anywhere; }
[part=knock] div { display: flex; gap: 8px; margin-inline-start: auto; }
rtc-toasts { position: static; grid-area: 1 / 1 / 3 / 2; align-self: end; z-index: 1; min-inline-size: 0; margin: 8px; }
[part=bar] { grid-area: 3 / 1; display: flex; justify-content: center; padding: 0 4px 6px; container-type: inline-size; }
/* They hold their place until they are defined. */
rtc-controls { min-block-size: 64px; }
rtc-controls:not(:defined) { visibility: hidden; }
@media (max-width: 380px) { rtc-controls { min-block-size: 56px; } }
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
  grid-area: 1 / 2 / 4 / 3;
  display: flex;
  flex-direction: column;
  inline-size: 21rem;
  min-block-size: 0;
  margin-block: 8px;
  margin-inline-end: 8px;
  overflow: hidden;
  border-radius: var(--_radius);
  background: var(--_surface);
  color: var(--_text);
}
[part=panel-header] {
  display: flex;
  align-items: center;
  justify-content: space-between;
  padding-block-start: 6px;
  padding-inline: 16px 6px;
}
[part=panel-header] h2 { margin: 0; font-size: 1.0625rem; }
rtc-chat, rtc-participants { flex: 1; min-block-size: 0; border-radius: 0; }
rtc-participants:not(:defined) { min-block-size: 200px; }
@container room (max-width: 720px) {
  rtc-grid:has(~ [part=knocks]) { grid-row-start: 2; }
  [part=stage]:has(> [part=panel]:not([hidden])) { grid-template-rows: auto minmax(0, 1fr) min(75%, 34rem); }
  [part=bar]:has(~ [part=panel]:not([hidden])) { display: none; }
  [part=panel] {
    grid-area: 3 / 1;
    inline-size: auto;
    margin: 0;
    border-end-start-radius: 0;
    border-end-end-radius: 0;
    box-shadow: 0 -10px 40px rgb(0 0 0 / .5);
    animation: rise .18s ease-out;
  }
}
@keyframes rise { from { transform: translateY(24px); opacity: 0; } }
@media (prefers-reduced-motion: reduce) { [part=panel] { animation: none; } }
@media (forced-colors: active) { [part=error], [part=notice], [part=panel], [part=badge] { border: 1px solid; } }
`;
