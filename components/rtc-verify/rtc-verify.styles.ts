import { css } from 'lit';

export const styles = css`
:host { border-radius: var(--_radius); background: var(--_surface); }
[part=panel] { max-inline-size: 46rem; margin-inline: auto; padding: clamp(12 * var(--_px), 4cqi, 24 * var(--_px)); display: grid; gap: calc(12 * var(--_px)); }
[part=panel] > [role=alert]:empty { display: none; }
h2, h3, p, ul, ol { margin: 0; padding: 0; }
h2, h3, p { unicode-bidi: plaintext; }
h2 { font-size: 1.125rem; line-height: 1.3; }
h3 { font-size: 1rem; }
h2:focus { outline: none; }
h2:focus-visible { outline: 2px solid var(--_focus); }
[part~=note], [part=how] { color: var(--_muted); font-size: .9375rem; }
[part~=rekeyed] { padding: calc(10 * var(--_px)) calc(12 * var(--_px)); border: 1px solid var(--_border); border-inline-start-width: 4px; border-radius: 8px; color: var(--_text); }
[part=code] {
  display: grid;
  grid-template-columns: repeat(4, minmax(0, 1fr));
  gap: calc(8 * var(--_px));
  list-style: none;
}
[part=code] li {
  display: grid;
  gap: 2px;
  justify-items: center;
  align-content: start;
  padding: calc(8 * var(--_px)) 2px;
  border-radius: 10px;
  background: var(--_sunken);
  text-align: center;
}
[part=emoji] { font-size: clamp(1.75rem, 9cqi, 2.5rem); line-height: 1.25; }
[part=word] { font-size: .875rem; line-height: 1.25; overflow-wrap: anywhere; hyphens: auto; }
[part=code].numbers { grid-template-columns: repeat(3, minmax(0, 1fr)); }
[part=number] { font-size: clamp(1.375rem, 8cqi, 2rem); font-weight: 600; font-variant-numeric: tabular-nums; letter-spacing: .04em; }
@container (min-width: 36rem) { [part=code]:not(.numbers) { grid-template-columns: repeat(7, minmax(0, 1fr)); } }
@container (max-width: 24rem) {
  [part=code]:not(.numbers) { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  [part=code]:not(.numbers) li:last-child { grid-column: 2; }
}
[part=actions] { display: flex; flex-wrap: wrap; gap: calc(8 * var(--_px)); }
[part=actions] button { flex: 1 1 9rem; }
[part~=differ] { background: none; border-color: var(--_danger); color: var(--_text); }
button.plain {
  justify-self: start;
  padding: 0;
  border-radius: 6px;
  background: none;
  color: var(--_text);
  font-weight: 400;
  text-decoration: underline;
  text-underline-offset: 3px;
}
ul { display: grid; gap: calc(12 * var(--_px)); list-style: none; }
[part=pair] { display: grid; gap: calc(8 * var(--_px)); padding-block-start: calc(12 * var(--_px)); border-block-start: 1px solid var(--_border); }
[part=warning] { display: grid; gap: calc(10 * var(--_px)); padding: calc(14 * var(--_px)); border-radius: 10px; background: var(--_danger); color: #fff; --_focus: #fff; }
[part=warning] [part~=again] { background: #fff; color: #1b1f27; }
.tick { display: inline-grid; place-items: center; inline-size: 1.5em; block-size: 1.5em; border-radius: 50%; background: #1b7f4b; color: #fff; font-size: .875em; }
.busy { animation: wait 1s ease-in-out infinite alternate; }
@keyframes wait { to { opacity: .55; } }
@media (prefers-reduced-motion: reduce) { .busy { animation: none; } }
@media (forced-colors: active) {
  :host, [part=code] li, [part=warning] { border: 1px solid CanvasText; }
  [part=warning] { border-width: 3px; }
  [part~=differ] { border-color: ButtonBorder; }
}
`;
