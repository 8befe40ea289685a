import { css } from 'lit';

/** Where each tile stands is computed (arrange.ts) and set on it. What lies over pictures gets closer at most. */
export const styles = css`
:host {
  position: relative;
  gap: var(--_gap);
  inline-size: 100%;
  min-block-size: 160px;
  background: var(--_stage);
  color: var(--_on-stage);
  border-radius: var(--_radius);
  container-type: inline-size;
  isolation: isolate;
  overflow: hidden;
}
/* As high as that, where the page says nothing of it. */
:host::before { content: ''; display: block; aspect-ratio: 16 / 10; max-block-size: 75dvb; }
:host([layout=strip]) { min-block-size: 96px; }
[part=grid]:focus-visible { position: absolute; inset: 0; outline-offset: -2px; }
rtc-video { position: absolute; aspect-ratio: auto; }
.speaker { box-shadow: 0 0 0 3px #8fc7ff; }
button.over {
  inline-size: min(40px, 40 * var(--_px));
  min-block-size: min(40px, 40 * var(--_px));
  background: rgb(10 12 16 / .72);
  --_focus: #fff;
}
rtc-video button { position: absolute; inset-block-start: 6px; z-index: 1; opacity: 0; }
[part=pin] { inset-inline-start: 6px; }
rtc-video:state(hand) [part=pin] { inset-inline-start: 54px; }
rtc-video:is(:hover, :focus-within) button, [part=pin][aria-pressed=true] { opacity: 1; }
[part=pin][aria-pressed=true] svg { fill: currentColor; }
rtc-quality { position: absolute; inset-block-end: 44px; inset-inline-end: 8px; color-scheme: dark; }
rtc-quality::part(quality) { padding: 3px 8px; border-radius: 8px; background: rgb(10 12 16 / .78); color: #fff; }
@container (max-width: 34rem) { rtc-quality::part(text) { display: none; } }
@container (max-width: 13rem) { rtc-quality { inset-block: 4px auto; inset-inline-end: 4px; } }
[part=view] { position: absolute; inset-block-start: calc(var(--_gap) + 6px); inset-inline-end: calc(var(--_gap) + 6px); z-index: 2; }
[part=menu] {
  inline-size: min(18rem, 100vi - 32px);
  visibility: hidden; /* Until it is in its place. */
  padding: calc(20 * var(--_px));
}
[part=menu] label { margin-block-end: calc(14 * var(--_px)); }
[part=menu] button { inline-size: 100%; }
[part=pages] {
  position: absolute;
  inset-block-end: 4px;
  inset-inline: 0;
  z-index: 2;
  display: flex;
  align-items: center;
  gap: 4px;
  margin: 0 auto;
  inline-size: fit-content;
  border-radius: 999px;
  background: rgb(10 12 16 / .72);
  color: #fff;
  font-size: .875rem;
}
[part=pages] button.over { background: none; }
[part=pages].beside { inset-inline: auto var(--_gap); }
[part=pages].above { inset-block: 4px auto; inset-inline: var(--_gap) auto; }
.above ~ [part=view] { inset-block-start: 4px; }
[part=pages] svg:dir(rtl) { transform: scaleX(-1); }
[part=captions] { inset-block-end: 60px; font-size: clamp(1rem, 3cqi, 2rem); }
[part=empty] {
  visibility: var(--_alone, visible);
  position: absolute;
  inset-block-start: calc(var(--_gap) + 12px);
  inset-inline: 0;
  margin: 0 auto;
  inline-size: fit-content;
  max-inline-size: 90%;
  padding: 6px 14px;
  border-radius: 999px;
  background: rgb(10 12 16 / .72);
  color: #fff;
  font-size: .9rem;
  text-align: center;
}
/* Nothing that is not seen takes a touch: who has no pointer pins in the menu. */
@media (hover: none) { rtc-video [part=pin]:not([aria-pressed=true], :focus-visible) { opacity: 0; pointer-events: none; } }
@media (forced-colors: active) { .speaker { outline: 3px solid Highlight; outline-offset: -3px; } }
`;
