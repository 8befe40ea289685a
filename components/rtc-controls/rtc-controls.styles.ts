import { css } from 'lit';

export const styles = css`
:host { inline-size: fit-content; max-inline-size: 100%; border-radius: 999px; background: var(--_stage); }
[part=bar] { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 8px; padding: 8px; }
[part=bar] [part~=leave] { inline-size: 60px; }
[part=panel] {
  position: fixed;
  inset: 0;
  margin: auto;
  inline-size: min(22rem, 100vi - 32px);
  padding: 20px;
  border: 1px solid var(--_border);
  border-radius: var(--_radius);
  background: var(--_surface);
  color: var(--_text);
  box-shadow: 0 12px 40px rgb(0 0 0 / .35);
}
[part=panel] label + label { margin-block-start: 14px; }
@media (max-width: 380px) { [part=bar] { gap: 4px; padding: 6px 0; } [part=bar] [part~=leave] { inline-size: 44px; } }
`;
