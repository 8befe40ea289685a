// @ts-check
// Markdown files of the repository become pages at the same paths, so that every relative link holds in both.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { contents, DECISIONS, decisions, llmsTxt } from './contents.mjs';
import { createMarkdown, urlOf } from './markdown.mjs';
import { renderPage } from './page.mjs';
import { searchIndex } from './search-index.mjs';

/** @typedef {{ inputPath: string }} Input what Eleventy says of a file */
/** @typedef {(name: string, value: unknown) => void} Add */
/**
 * What is used here of Eleventy, which has no types.
 * @typedef {object} Config
 * @property {Set<string>} ignores
 * @property {(folder: string) => void} setOutputDirectory
 * @property {(formats: string[]) => void} setTemplateFormats
 * @property {(copies: Record<string, string>) => void} addPassthroughCopy
 * @property {Add} setLibrary
 * @property {Add} addTemplate
 * @property {Add} addGlobalData
 * @property {Add} addTransform
 * @property {Add} on
 */

const OUTPUT = 'dist-docs';

const LEFT_OUT = ['.ci', 'bench', 'components', 'demo', 'deploy', 'scripts', 'server', 'src', 'test'];

/** What stands beside the pages. */
const COPIES = {
  'scripts/site/site.css': 'site/site.css',
  'scripts/site/search.js': 'site/search.js',
  'node_modules/minisearch/dist/es/index.js': 'site/minisearch.js',
  'docs/images': 'docs/images',
  deploy: 'deploy',
  LICENSE: 'LICENSE',
  'dist/rtc.js': 'rtc.js',
  'dist/rtc.css': 'rtc.css',
  'dist/chunks': 'chunks',
};

export default function configure(/** @type {Config} */ config) {
  config.setOutputDirectory(OUTPUT);
  config.setTemplateFormats(['md']);
  for (const folder of LEFT_OUT) config.ignores.add(`${folder}/**`);
  config.setLibrary('md', createMarkdown());
  config.addPassthroughCopy(COPIES);
  config.addTemplate(`${DECISIONS}/index.md`, decisionList());
  config.addGlobalData('eleventyComputed.permalink', () => (/** @type {{ page: Input }} */ { page }) => urlOf(pathOf(page)));
  config.addTransform('page', /** @this {{ page: Input }} */ function wrap(/** @type {string} */ body) {
    return renderPage({ path: pathOf(this.page), body });
  });
  config.on('eleventy.after', () => {
    mkdirSync(`${OUTPUT}/site`, { recursive: true });
    writeFileSync(`${OUTPUT}/site/search.json`, JSON.stringify(searchIndex()));
    // Programs read the files as they are: llms.txt points there.
    writeFileSync(`${OUTPUT}/llms.txt`, llmsTxt());
    for (const { path } of contents().flatMap(({ pages }) => pages)) cpSync(path, `${OUTPUT}/${path}`);
  });
  return { markdownTemplateEngine: false };
}

function pathOf(/** @type {Input} */ { inputPath }) {
  return inputPath.replace(/^\.\//, '');
}

function decisionList() {
  return `# Decisions\n\nWhy something is as it is, three sentences each: 0xx the repository, 1xx the relay, 2xx the engine, 3xx the elements.\n\n${
    decisions().map(({ path, title }) => `- [${title}](${path.slice(DECISIONS.length + 1)})\n`).join('')}`;
}
