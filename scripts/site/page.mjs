// @ts-check
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { contents, DECISIONS } from './contents.mjs';
import { urlOf } from './markdown.mjs';

/**
 * A whole page around what one file says. Nothing in it is from another host; its policy would not let it.
 * @param {{ path: string, body: string }} page `path` of the file, from the repository's root
 */
export function renderPage({ path, body }) {
  const url = urlOf(path);
  const to = (/** @type {string} */ target) => posix.relative(posix.dirname(url), target);
  const isLive = body.includes('<div class="live">');
  const title = plain(/<h1[^>]*>(.*?)<\/h1>/.exec(body)?.[1] ?? path);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policyFor(body)}">
<title>${title === 'rtc-elements' ? title : `${title} – rtc-elements`}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${to('site/site.css')}">
${isLive ? `<link rel="stylesheet" href="${to('rtc.css')}">\n<script type="module" src="${to('rtc.js')}"></script>\n` : ''
}<script type="module" src="${to('site/search.js')}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
<button type="button" popovertarget="nav">Menu</button>
<a class="brand" href="${to('index.html')}">rtc-elements</a>
<search data-index="${to('site/search.json')}" hidden></search>
</header>
<nav id="nav" popover aria-label="Documentation">
${contents().map(({ title, pages }) => `<h2>${title}</h2>
<ul>
${pages.map((page) => `<li>${navLink(to(urlOf(page.path)), plain(page.title), page.path === path)}</li>`).join('\n')}${
  title === 'Project' ? `\n<li>${navLink(to(`${DECISIONS}/index.html`), 'Decisions', path.startsWith(DECISIONS))}</li>` : ''}
</ul>`).join('\n')}
</nav>
<main id="main">
${body.replaceAll('<th></th>', '<td></td>')}</main>
${onThisPage(body)}</body>
</html>
`;
}

/** Examples may bring a style or a script: those, and no others. */
function policyFor(/** @type {string} */ body) {
  const hashes = (/** @type {string} */ tag) => [...body.matchAll(new RegExp(`<${tag}\\b[^>]*>([^]*?)</${tag}>`, 'g'))]
    .map(([, text = '']) => ` 'sha256-${createHash('sha256').update(text).digest('base64')}'`).join('');
  return [
    "default-src 'none'", `script-src 'self'${hashes('script')}`, `style-src 'self'${hashes('style')}`, "img-src 'self' data: blob:",
    "media-src 'self' blob: mediastream:", "connect-src 'self'", "base-uri 'none'", "form-action 'none'",
  ].join('; ');
}

function onThisPage(/** @type {string} */ body) {
  const headings = [...body.matchAll(/<h2 id="([^"]+)">(.*?)<\/h2>/g)];
  if (headings.length < 2) return '';
  return `<aside aria-label="On this page">
<ul>
${headings.map(([, id = '', text = '']) => `<li><a href="#${id}">${plain(text)}</a></li>`).join('\n')}
</ul>
</aside>
`;
}

function navLink(/** @type {string} */ href, /** @type {string} */ text, /** @type {boolean} */ isHere) {
  return `<a href="${href}"${isHere ? ' aria-current="page"' : ''}>${text}</a>`;
}

/** Without tags; what is escaped stays so. */
function plain(/** @type {string} */ html) {
  return html.replace(/<(?!\/?rtc-)[^>]*>/g, '').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
