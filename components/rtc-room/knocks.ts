/** Over the call, who asks a host to be let in; loaded with the first one. */
import { css } from 'lit';

export { knockList } from '../internal/knock-list.ts';

export const knockStyles = css`
[part=knocks] {
  position: absolute;
  inset-inline: 0;
  inline-size: min(30rem, 100% - 16 * var(--_px));
  max-block-size: 16rem;
  margin: calc(8 * var(--_px)) auto;
  padding: 0;
  overflow-y: auto;
  border-radius: var(--_radius);
  background: var(--_surface);
  color: var(--_text);
  box-shadow: 0 6px 24px rgb(0 0 0 / .4);
  list-style: none;
}
[part=knock] { display: flex; flex-wrap: wrap; align-items: center; gap: calc(8 * var(--_px)); padding: calc(8 * var(--_px)); padding-inline-start: calc(16 * var(--_px)); }
[part=knock] span { flex: 1 1 8rem; min-inline-size: 0; overflow-wrap: anywhere; }
[part=knock] div { display: flex; gap: calc(8 * var(--_px)); margin-inline-start: auto; }
@media (max-width: 36rem), (min-height: 30rem) {
  @container room (max-width: 720px) { [part=knocks] { position: static; order: -1; } }
}
`;
