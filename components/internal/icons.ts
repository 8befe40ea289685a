import { svg, html } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';

const icon = (paths: SVGTemplateResult): TemplateResult =>
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
  'close': icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`),
  'send': icon(svg`<path d="m4 4 17 8-17 8 3-8zm3 8h6"/>`),
  'sound': icon(svg`<path d="M4 9v6h4l5 4V5L8 9zm12 0a4 4 0 0 1 0 6m3-9a8 8 0 0 1 0 12"/>`),
};
