import { svg } from 'lit';
import { icon } from './icons.ts';

/** Of lines and files; loaded with them. */
export const talkIcons = {
  attach: icon(svg`<path d="m20 11.500-8.300 8.300a5.300 5.300 0 0 1-7.500-7.500L13 3.500a3.600 3.600 0 0 1 5 5l-8.600 8.700a1.800 1.800 0 0 1-2.600-2.600l7.700-7.600"/>`),
  reply: icon(svg`<path d="M10 5 4 11l6 6M4 11h9a7 7 0 0 1 7 7v1"/>`),
  file: icon(svg`<path d="M6 3h8l5 5v13H6zM14 3v5h5"/>`),
  pause: icon(svg`<path d="M9 6v12m6-12v12"/>`),
  resume: icon(svg`<path d="m8 5 11 7-11 7z"/>`),
  save: icon(svg`<path d="M12 4v11m-5-5 5 5 5-5M5 20h14"/>`),
  send: icon(svg`<path d="m4 4 17 8-17 8 3-8zm3 8h6"/>`),
};
