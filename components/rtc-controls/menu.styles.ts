import { css } from 'lit';

/** Of what stands behind buttons; comes with it. */
export const styles = css`
[part=panel] label + label { margin-block-start: calc(14 * var(--_px)); }
[part=menu]:popover-open { display: grid; scroll-padding-block: calc(8 * var(--_px)); }
[part=reactions] { display: flex; flex-wrap: wrap; justify-content: center; }
[part=reactions][popover]:not(:popover-open) { display: none; }
[part=reaction] { inline-size: max(36px, 44 * var(--_px)); min-block-size: max(36px, 44 * var(--_px)); padding: 0; border-radius: 10px; font: 1.5rem/1 var(--_emoji); }
.plain { background: none; }
.plain:hover { background: var(--_sunken); filter: none; }
[part~=item] { inline-size: 100%; justify-content: flex-start; padding-inline: calc(12 * var(--_px)); border-radius: 10px; font-weight: 450; }
[part~=item][aria-pressed=true] { background: var(--_accent); color: var(--_on-accent); }
dialog { inline-size: min(44rem, 100vi - 16px); }
dialog:has(rtc-invite, rtc-record) { inline-size: min(34rem, 100vi - 16px); }
dialog [part=close] {
  position: sticky;
  inset-block-start: calc(4 * var(--_px));
  z-index: 1;
  display: flex;
  inline-size: calc(44 * var(--_px));
  margin: calc(4 * var(--_px));
  margin-inline-start: auto;
  margin-block-end: calc(-20 * var(--_px));
  padding: 0;
}
[part=menu] [part=reactions] { display: grid; grid-template-columns: repeat(4, auto); justify-content: space-evenly; padding-block-end: calc(6 * var(--_px)); }
`;
