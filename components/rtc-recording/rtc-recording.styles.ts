import { css } from 'lit';

export const styles = css`
:host { background: color-mix(in srgb, var(--_danger) 14%, var(--_surface)); font-size: .9375rem; }
[part=sign], [part=recordings] { padding: calc(6 * var(--_px)) calc(16 * var(--_px)); }
[part=recordings]:empty { padding: 0; }
[part=sign] { display: flex; flex-wrap: wrap; align-items: center; gap: calc(6 * var(--_px)) calc(12 * var(--_px)); min-block-size: calc(36 * var(--_px)); }
[part=dot] { flex: none; inline-size: 12px; block-size: 12px; border-radius: 50%; background: var(--_danger); animation: pulse 1.6s ease-in-out infinite; }
[part=names] { flex: 1 1 8rem; display: flex; flex-wrap: wrap; gap: 0 calc(12 * var(--_px)); min-inline-size: 0; overflow-wrap: anywhere; }
@keyframes pulse { 50% { opacity: .35; } }
@media (prefers-reduced-motion: reduce) { [part=dot] { animation: none; } }
@media (forced-colors: active) { [part=dot] { background: CanvasText; forced-color-adjust: none; } :host { border: 1px solid CanvasText; } }
`;
