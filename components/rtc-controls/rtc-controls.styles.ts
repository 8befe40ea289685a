import { css } from 'lit';
import { emoji } from '../internal/base.styles.ts';

export const styles = css`
:host { inline-size: fit-content; max-inline-size: 100%; border-radius: 999px; background: var(--_stage); }
[part=bar] { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 8px; padding: 8px; }
[part=bar] [part~=leave] { inline-size: 60px; }
.wide { display: contents; }
.narrow { display: none; }
[part=panel] {
  position: fixed;
  inset: 0;
  margin: auto;
  inline-size: min(22rem, 100vi - 32px);
  padding: 20px;
}
[part=panel] label + label { margin-block-start: 14px; }
[popover]:is([part=menu], [part=reactions]) {
  position: fixed;
  inset: auto;
  margin: 0;
  max-inline-size: calc(100vi - 16px);
  padding: 6px;
  visibility: hidden; /* Until it is in its place. */
}
[part=reactions] { display: flex; flex-wrap: wrap; justify-content: center; }
[part=reactions][popover]:not(:popover-open) { display: none; }
[part=reaction] { inline-size: 44px; padding: 0; border-radius: 10px; font: 1.5rem/1 ${emoji}; }
.plain { background: none; }
.plain:hover { background: var(--_sunken); filter: none; }
[part~=item] { inline-size: 100%; justify-content: flex-start; padding-inline: 12px; border-radius: 10px; font-weight: 450; }
[part~=item][aria-pressed=true] { background: var(--_accent); color: var(--_on-accent); }
[part=menu] [part=reactions] { display: grid; grid-template-columns: repeat(4, auto); justify-content: space-evenly; padding-block-end: 6px; }
/* Of what the bar stands in: the default interface, or a container of the page. */
@container (max-width: 560px) {
  .wide { display: none; }
  .narrow { display: contents; }
}
@media (max-width: 380px) { [part=bar] { gap: 4px; padding: 6px 0; } [part=bar] [part~=leave] { inline-size: 44px; } }
`;
