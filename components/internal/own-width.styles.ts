import { css } from 'lit';

/**
 * Of what is arranged by its own width, and so has none of its own (CSS Contain 3): as wide as the page makes it, and where the
 * page leaves that open (it centres, say) as wide as this, and no wider than there is room.
 */
export const ownWidth = css`
:host {
  --_own-width: 32rem;
  container-type: inline-size;
  contain-intrinsic-inline-size: min(var(--_own-width), 100vi - 16px);
  min-inline-size: 0;
  max-inline-size: 100%;
}
`;
