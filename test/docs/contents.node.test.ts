import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { listFiles } from '../../scripts/lib/files.mjs';
import { readElements } from '../../scripts/lib/element-docs.ts';
import { root } from '../../scripts/lib/root.mjs';
import { contents, DECISIONS, decisions, llmsTxt } from '../../scripts/site/contents.mjs';
import { createMarkdown } from '../../scripts/site/markdown.mjs';

const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');
const listed = contents().flatMap(({ pages }) => pages.map(({ path }) => path));

describe('the index of the documentation', () => {
  it('has every page once', () => {
    const pages = listFiles('docs').filter((path) => path.endsWith('.md') && !path.startsWith(`${DECISIONS}/`));
    const inDocs = listed.filter((path) => path.startsWith('docs/'));
    assert.deepEqual([...inDocs].sort(), pages.sort());
  });

  it('has a page for each element, with a live example and its API', () => {
    for (const tag of readElements().keys()) {
      const page = read(`docs/elements/${tag}.md`);
      assert.match(page, new RegExp(`^# \`<${tag}>\`\\n`), tag);
      assert.match(page, new RegExp(`^\`\`\`html live\\n[^\`]*<${tag}\\b`, 'm'), tag);
      assert.match(page, /^## API\n/m, tag);
    }
  });

  it('is llms.txt', () => {
    assert.equal(read('llms.txt'), llmsTxt(), 'stale: npm run docs:tables');
    assert.match(llmsTxt(), /^# rtc-elements\n\n> .+\n\n## Start\n\n- \[/);
  });
});

describe('links in the documentation', () => {
  const md = createMarkdown();
  const pages = new Map([...listed, ...decisions().map(({ path }) => path)].map((path) => [path, md.render(read(path))]));

  it('lead to what is there', () => {
    const broken = [...pages].flatMap(([path, html]) => [...html.matchAll(/<(?:a href|img src)="([^"]+)"/g)].flatMap(([, href = '']) => {
      if (/^[a-z]+:/.test(href)) return [];
      const [target = '', hash] = href.split('#');
      const file = target === '' ? path : sourceOf(posix.join(posix.dirname(path), target));
      const there = existsSync(`${root}/${file}`) && (hash === undefined || (pages.get(file) ?? '').includes(` id="${hash}"`));
      return there ? [] : [`${path}: ${href}`];
    }));
    assert.deepEqual(broken, []);
  });
});

/** The file whose page that is. */
function sourceOf(page: string): string {
  if (page === 'index.html') return 'README.md';
  if (page === `${DECISIONS}/index.html`) return DECISIONS;
  return page.replace(/\.html$/, '.md');
}
