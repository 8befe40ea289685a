import { css } from 'lit';

/**
 * The tokens: `--rtc-*` from outside, else a light or dark default after the page's `color-scheme`. Where `light-dark()` is
 * missing (Safari 17.4) the light one holds. The stage, on which people are seen, is dark in both. `--_px` is a
 * pixel at the density that is asked for; at the least one, a control of 40 of them is still 24 px high (WCAG 2.2, 2.5.8).
 */
export const base = css`
:host {
  --_accent: var(--rtc-accent, #3b5bdb);
  --_on-accent: var(--rtc-on-accent, #fff);
  --_danger: var(--rtc-danger, #c92a3c);
  --_surface: var(--rtc-surface, #fff);
  --_sunken: var(--rtc-surface-sunken, #f1f3f6);
  --_text: var(--rtc-text, #1b1f27);
  --_muted: var(--rtc-text-muted, #596170);
  --_border: var(--rtc-border, #868e9b);
  --_focus: var(--rtc-focus, #3b5bdb);
  --_stage: var(--rtc-stage, #101216);
  --_tile: var(--rtc-tile, #262b35);
  --_on-stage: var(--rtc-on-stage, #f3f5f8);
  --_radius: var(--rtc-radius, 14px);
  --_px: calc(1px * clamp(.6, var(--rtc-density, 1), 1.5));
  --_gap: var(--rtc-gap, calc(8 * var(--_px)));
  --_emoji: 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', emoji, sans-serif; /* In which reactions have colours. */
  display: block;
  box-sizing: border-box;
  color: var(--_text);
  font: 400 1rem/1.45 var(--rtc-font, system-ui, sans-serif);
}
@supports (color: light-dark(red, red)) {
  :host {
    --_surface: var(--rtc-surface, light-dark(#fff, #181b22));
    --_sunken: var(--rtc-surface-sunken, light-dark(#f1f3f6, #242933));
    --_text: var(--rtc-text, light-dark(#1b1f27, #eef0f4));
    --_muted: var(--rtc-text-muted, light-dark(#596170, #a6aebc));
    --_border: var(--rtc-border, light-dark(#868e9b, #6f7889));
    --_focus: var(--rtc-focus, light-dark(#3b5bdb, #a8b8ff));
  }
}
:host(:state(from-right)) { direction: rtl; }
.shown { display: contents; }
:host([hidden]), [hidden] { display: none !important; }
*, ::before, ::after { box-sizing: border-box; }
:focus-visible { outline: 2px solid var(--_focus); outline-offset: 2px; }
[popover] {
  border: 1px solid var(--_border);
  border-radius: var(--_radius);
  background: var(--_surface);
  color: var(--_text);
  box-shadow: 0 12px 40px rgb(0 0 0 / .35);
}
svg {
  inline-size: 1.375em;
  block-size: 1.375em;
  flex: none;
  fill: none;
  stroke: currentColor;
  stroke-width: 1.8;
  stroke-linecap: round;
  stroke-linejoin: round;
}
.hidden {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
`;
