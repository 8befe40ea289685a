/** The badge as it stands on a tile; loaded when one shows somebody else. */
import { css } from 'lit';
import { identityStyles } from '../internal/identity-badge.ts';

export { IdentityBadge } from '../internal/identity-badge.ts';

export const badgeStyles = [identityStyles, css`
/* Where nothing was verified it stands beside every name: quiet, and on any picture still 3:1 (WCAG 2.2, 1.4.11). */
[part=identity] { margin-block: -2px; margin-inline: -4px -8px; color: #9da3ae; --_focus: #fff; }
[part=identity]:hover { background: rgb(255 255 255 / .16); }
[part=identity].unverified { font-size: .7rem; }
@container (max-width: 9rem) { [part=identity].unverified { display: none; } }
[part=identity].unverified:hover { color: #fff; }
[part=identity].linked, [part=identity].vouched { color: #8fc7ff; }
[part=identity].verified { color: #6fdc9b; }
`];
