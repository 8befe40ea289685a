import { css } from 'lit';

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
/* Of what the bar stands in: the default interface, or a container of the page. */
@container (max-width: 560px) {
  .wide { display: none; }
  .narrow { display: contents; }
}
@media (max-width: 380px) { [part=bar] { gap: 4px; padding: 6px 0; } [part=bar] [part~=leave] { inline-size: 44px; } }
`;
