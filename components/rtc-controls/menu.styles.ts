import { css } from 'lit';

/** Of what stands behind buttons; comes with it. */
export const styles = css`
[part=menu]:popover-open { display: grid; scroll-padding-block: 8px; }
[part=reactions] { display: flex; flex-wrap: wrap; justify-content: center; }
[part=reactions][popover]:not(:popover-open) { display: none; }
[part=reaction] { inline-size: 44px; padding: 0; border-radius: 10px; font: 1.5rem/1 var(--_emoji); }
.plain { background: none; }
.plain:hover { background: var(--_sunken); filter: none; }
[part~=item] { inline-size: 100%; justify-content: flex-start; padding-inline: 12px; border-radius: 10px; font-weight: 450; }
[part~=item][aria-pressed=true] { background: var(--_accent); color: var(--_on-accent); }
dialog {
  inline-size: min(44rem, 100vi - 16px);
  max-inline-size: none;
  max-block-size: min(46rem, 100vb - 16px);
  padding: 0;
  border: 1px solid var(--_border);
  border-radius: var(--_radius);
  background: var(--_surface);
  color: var(--_text);
}
dialog:has(rtc-invite, rtc-record) { inline-size: min(34rem, 100vi - 16px); }
dialog::backdrop { background: rgb(0 0 0 / .5); }
dialog [part=close] {
  position: sticky;
  inset-block-start: 4px;
  z-index: 1;
  display: flex;
  inline-size: 44px;
  margin: 4px;
  margin-inline-start: auto;
  margin-block-end: -20px;
  padding: 0;
}
[part=menu] [part=reactions] { display: grid; grid-template-columns: repeat(4, auto); justify-content: space-evenly; padding-block-end: 6px; }
`;
