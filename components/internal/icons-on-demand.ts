import { svg } from 'lit';
import { icon } from './icons.ts';

/** Of elements that are loaded when they appear. */
export const moreIcons = {
  'copy': icon(svg`<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15H4V6a2 2 0 0 1 2-2h9v1"/>`),
  'share': icon(svg`<path d="M12 15V3m-4 4 4-4 4 4M5 12v7a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-7"/>`),
  'qr': icon(svg`<path d="M4 4h6v6H4zm10 0h6v6h-6zM4 14h6v6H4zm10 0h2v2h-2zm4 0h2m-2 4v2h2m-6-1v1"/>`),
  'key': icon(svg`<circle cx="8" cy="15" r="4"/><path d="m11 12 9-9m-4 4 3 3"/>`),
  'good': icon(svg`<circle cx="12" cy="12" r="9"/><path d="m8 12.300 2.700 2.700L16 9.500"/>`),
  'warning': icon(svg`<path d="M12 4 2.500 20h19zm0 6v4.500m0 2.800v.1"/>`),
  'bad': icon(svg`<circle cx="12" cy="12" r="9"/><path d="m9 9 6 6m0-6-6 6"/>`),
  'unknown': icon(svg`<circle cx="12" cy="12" r="9"/><path d="M8 12h8"/>`),
  'running': icon(svg`<path d="M12 3a9 9 0 1 0 9 9"/>`),
};
