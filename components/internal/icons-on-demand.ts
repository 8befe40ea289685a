import { svg } from 'lit';
import { icon } from './icons.ts';

/** Of elements that are loaded when they appear. */
export const moreIcons = {
  'copy': icon(svg`<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15H4V6a2 2 0 0 1 2-2h9v1"/>`),
  'share': icon(svg`<path d="M12 15V3m-4 4 4-4 4 4M5 12v7a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-7"/>`),
  'qr': icon(svg`<path d="M4 4h6v6H4zm10 0h6v6h-6zM4 14h6v6H4zm10 0h2v2h-2zm4 0h2m-2 4v2h2m-6-1v1"/>`),
  'lock': icon(svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`),
  'key': icon(svg`<circle cx="8" cy="15" r="4"/><path d="m11 12 9-9m-4 4 3 3"/>`),
  'good': icon(svg`<circle cx="12" cy="12" r="9"/><path d="m8 12.300 2.700 2.700L16 9.500"/>`),
  'warning': icon(svg`<path d="M12 4 2.500 20h19zm0 6v4.500m0 2.800v.1"/>`),
  'bad': icon(svg`<circle cx="12" cy="12" r="9"/><path d="m9 9 6 6m0-6-6 6"/>`),
  'unknown': icon(svg`<circle cx="12" cy="12" r="9"/><path d="M8 12h8"/>`),
  'invite': icon(svg`<circle cx="9" cy="8" r="3.5"/><path d="M2.500 20a6.500 6.500 0 0 1 13 0M19 7v6m-3-3h6"/>`),
  'stats': icon(svg`<path d="M4 20h16M7 16v-4m5 4V5m5 11V9"/>`),
  'doctor': icon(svg`<path d="M3 12h4l3-7 4 14 3-7h4"/>`),
  'record': icon(svg`<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="4" fill="currentColor"/>`),
  'shortcuts': icon(svg`<rect x="2" y="6" width="20" height="12" rx="2.5"/><path d="M6 10h.01M10 10h.01M14 10h.01M18 10h.01M6 14h.01M18 14h.01M9.5 14h5"/>`),
  'stop': icon(svg`<rect x="6" y="6" width="12" height="12" rx="2" fill="currentColor"/>`),
  'pause': icon(svg`<path d="M9 6v12m6-12v12"/>`),
  'resume': icon(svg`<path d="m8 5 11 7-11 7z"/>`),
  'save': icon(svg`<path d="M12 4v11m-5-5 5 5 5-5M5 20h14"/>`),
  'running': icon(svg`<path d="M12 3a9 9 0 1 0 9 9"/>`),
};
