import { svg } from 'lit';
import { icon } from './icons.ts';

/** What is known of who somebody is. */
export const identityIcons = {
  'unverified': icon(svg`<path d="M12 3 4.5 6v5c0 5 3.2 8.2 7.5 10 4.3-1.8 7.5-5 7.5-10V6zM12 8v5m0 3v.1"/>`),
  'linked': icon(svg`<path d="M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.5 1.5M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.5-1.5"/>`),
  'vouched': icon(svg`<path d="M12 3 4.5 6v5c0 5 3.2 8.2 7.5 10 4.3-1.8 7.5-5 7.5-10V6zM9 11.5l2.2 2.2L15.5 9.5"/>`),
  'verified': icon(svg`<path fill="currentColor" d="M12 3 4.5 6v5c0 5 3.2 8.2 7.5 10 4.3-1.8 7.5-5 7.5-10V6z"/><path stroke="#0a0c10" d="m8.5 11.8 2.4 2.4 4.8-4.9"/>`),
};
