import { css } from 'lit';

/** Of what stands on one's own tiles; comes with it. */
export const styles = css`
.float { z-index: 1; box-shadow: 0 4px 20px rgb(0 0 0 / .55); cursor: grab; touch-action: none; }
.float::part(caption) { display: none; }
rtc-video [part=move] { inset-inline-end: 6px; }
/* Between the caption and the upper edge, over the screen that shows itself in there. */
rtc-video [part=stop] {
  inset: 4px 4px 32px;
  margin: auto;
  inline-size: fit-content;
  block-size: fit-content;
  min-block-size: min(28px, 28 * var(--_px));
  padding: 4px 12px;
  opacity: 1;
  font-size: .8125rem;
  line-height: 1.2;
  --_focus: #fff;
}
rtc-video:not(.stage):has([part=stop])::part(video) { filter: brightness(.4); }
@container (min-width: 13rem) { rtc-video [part=stop] { min-block-size: min(40px, 40 * var(--_px)); padding-inline: 18px; } }
@media (hover: none) { [part=move] { opacity: 1; } }
`;
