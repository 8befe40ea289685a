// @ts-check
import { readFileSync } from 'node:fs';
import { root } from '../lib/root.mjs';
import { contents, decisions } from './contents.mjs';
import { createMarkdown, textOf, urlOf } from './markdown.mjs';

/** @typedef {{ id: string, page: string, heading: string, text: string }} Entry `id`: where it is, from the root of the site */

/** @returns {Entry[]} every section of every page */
export function searchIndex() {
  const md = createMarkdown();
  const pages = [...contents().flatMap(({ pages }) => pages), ...decisions()];
  return pages.flatMap(({ path, title }) => {
    /** @type {Entry[]} */
    const entries = [];
    const tokens = md.parse(readFileSync(`${root}/${path}`, 'utf8'), {});
    for (const [index, token] of tokens.entries()) {
      const last = entries.at(-1);
      if (token.type === 'heading_open') {
        const isTitle = token.tag === 'h1';
        entries.push({
          id: `${urlOf(path)}${isTitle ? '' : `#${token.attrGet('id')}`}`, page: title, heading: isTitle ? '' : textOf(tokens[index + 1]), text: '',
        });
      } else if (last && token.type === 'inline' && tokens[index - 1]?.type !== 'heading_open') last.text += ` ${textOf(token)}`;
      else if (last && token.type === 'fence') last.text += ` ${token.content}`;
    }
    return entries;
  });
}
