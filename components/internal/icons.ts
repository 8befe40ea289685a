import { svg, html } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';

export const icon = (paths: SVGTemplateResult): TemplateResult =>
  html`<svg part="icon" viewBox="0 0 24 24" aria-hidden="true">${paths}</svg>`;

const slash = svg`<path d="m3 3 18 18"/>`;
const microphone = svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3"/>`;
const camera = svg`<rect x="2" y="6" width="14" height="12" rx="3"/><path d="m16 11 6-4v10l-6-4"/>`;

export const icons = {
  'microphone': icon(microphone),
  'microphone-off': icon(svg`${microphone}${slash}`),
  'camera': icon(camera),
  'camera-off': icon(svg`${camera}${slash}`),
  'screen': icon(svg`<rect x="2" y="4" width="20" height="13" rx="2"/><path d="M8 21h8M12 14V8m-3 3 3-3 3 3"/>`),
  'leave': icon(svg`<path d="M3 14c0-6 18-6 18 0v2l-5-1v-3c-2-1-6-1-8 0v3l-5 1z"/>`),
  'devices': icon(svg`<path d="M4 7h9m5 0h2M4 17h2m5 0h9"/><circle cx="15.5" cy="7" r="2.5"/><circle cx="8.5" cy="17" r="2.5"/>`),
  'chat': icon(svg`<path d="M4 5h16v11H10l-5 4v-4H4z"/>`),
  'hand': icon(svg`<path d="M7 11.5V6.5a1.5 1.5 0 0 1 3 0v-2a1.5 1.5 0 0 1 3 0v1a1.5 1.5 0 0 1 3 0v2a1.5 1.5 0 0 1 3 0V14a7 7 0 0 1-7 7c-3 0-4.5-1.5-6-4l-2.3-4a1.6 1.6 0 0 1 2.7-1.7zM10 6.5V11m3-5.5V11m3-3.5V11"/>`),
  'react': icon(svg`<circle cx="12" cy="12" r="9"/><path d="M8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.1m6-.1v.1"/>`),
  'more': icon(svg`<path stroke-width="3" d="M5 12h.01M12 12h.01M19 12h.01"/>`),
  'participants': icon(svg`<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.4m2.2 3.3A6.5 6.5 0 0 1 21.5 20"/>`),
  'close': icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`),
  'sound': icon(svg`<path d="M4 9v6h4l5 4V5L8 9zm12 0a4 4 0 0 1 0 6m3-9a8 8 0 0 1 0 12"/>`),
  'pin': icon(svg`<path d="M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v6"/>`),
  'previous': icon(svg`<path d="m15 5-7 7 7 7"/>`),
  'next': icon(svg`<path d="m9 5 7 7-7 7"/>`),
  'view': icon(svg`<rect x="3" y="4" width="18" height="16" rx="2"/><path d="M3 14h18M12 14v6"/>`),
};
