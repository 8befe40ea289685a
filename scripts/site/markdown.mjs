// @ts-check
// Markdown as GitHub reads it, with what a site needs besides: links to pages, anchors, colours, live examples.
import hljs from 'highlight.js/lib/common';
import MarkdownIt from 'markdown-it';

/** Of a fenced block that is also part of the page. */
const LIVE = 'html live';

/** @returns {string} where the page of a file is, beside the file */
export function urlOf(/** @type {string} */ path) {
  return path.replace(/README\.md$/, 'index.html').replace(/\.md$/, '.html');
}

export function createMarkdown() {
  const md = new MarkdownIt({
    html: true, highlight: (code, language) => (hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : ''),
  });
  const { fence } = md.renderer.rules;
  if (!fence) throw new Error('markdown-it has no fences.');
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    const live = token?.info.trim() === LIVE ? `<div class="live">\n${token.content}</div>\n` : '';
    return live + fence(tokens, index, ...rest).replace('<pre>', '<pre tabindex="0">');
  };
  md.renderer.rules['table_open'] = () => '<div class="table" tabindex="0"><table>\n';
  md.renderer.rules['table_close'] = () => '</table></div>\n';
  md.core.ruler.push('anchors', ({ tokens }) => { anchor(tokens); });
  md.core.ruler.push('links', ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) link(token);
  });
  return md;
}

/** As GitHub makes them, so that `relay.md#turn` leads to the same place in both. */
function slugOf(/** @type {string} */ heading, /** @type {Map<string, number>} */ seen) {
  const slug = heading.trim().toLowerCase().replace(/[^\p{L}\p{N}\- _]/gu, '').replaceAll(' ', '-');
  const count = seen.get(slug) ?? 0;
  seen.set(slug, count + 1);
  return count > 0 ? `${slug}-${count}` : slug;
}

/** @param {import('markdown-it/index.js').Token[]} tokens */
function anchor(tokens) {
  const seen = new Map();
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') token.attrSet('id', slugOf(textOf(tokens[index + 1]), seen));
  }
}

/** To the page of a file, and to the list of a folder. @param {import('markdown-it/index.js').Token} token */
function link(token) {
  const href = token.type === 'link_open' ? token.attrGet('href') : null;
  if (href === null || /^(?:#|[a-z]+:)/i.test(href)) return;
  const [path = '', ...hash] = href.split('#');
  token.attrSet('href', [urlOf(path.replace(/(decisions)\/?$/, '$1/index.html')), ...hash].join('#'));
}

/** What a reader sees of a heading or a line. @param {import('markdown-it/index.js').Token | undefined} token */
export function textOf(token) {
  return (token?.children ?? []).map(({ type, content }) => (type === 'softbreak' ? ' ' : content)).join('');
}
