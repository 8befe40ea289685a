// @ts-check
// The index of the documentation: what the site's navigation and llms.txt are made of.
import { readFileSync } from 'node:fs';
import { listFiles } from '../lib/files.mjs';
import { root } from '../lib/root.mjs';

/** @typedef {{ path: string, title: string, about: string }} Page `path` from the repository's root */
/** @typedef {{ title: string, pages: Page[] }} Section */

export const DECISIONS = 'docs/decisions';

/** @type {readonly (readonly [title: string, pages: readonly (readonly [path: string, about: string])[]])[]} */
const SECTIONS = [
  ['Start', [
    ['README.md', 'what it is, and each way in by a snippet'],
    ['docs/guides/two-lines.md', 'a call in any page'],
  ]],
  ['Guides', [
    ['docs/guides/layout.md', 'elements in any arrangement, elsewhere in the page, and of one\'s own'],
    ['docs/guides/design.md', 'tokens, parts, states and slots'],
    ['docs/guides/languages.md', 'six languages, others, and every sentence replaced'],
    ['docs/guides/events.md', 'what happens, what participants say, what the operator says'],
    ['docs/guides/auth.md', 'tokens, hosts and waiting rooms'],
    ['docs/guides/turn.md', 'TURN, and calls that show no address'],
    ['docs/guides/files.md', 'offered, accepted, resumed'],
    ['docs/frameworks.md', 'types for React, Vue, Svelte, Solid, Angular, and for editors'],
    ['docs/security.md', 'who may know what, and what each option does to that'],
    ['docs/identity.md', 'names and keys that the relay cannot forge'],
    ['docs/deployment.md', 'from an empty machine to a relay that one may leave alone'],
    ['docs/several-machines.md', 'rooms spread by a proxy, or shared over Redis'],
  ]],
  ['Elements', [
    ['docs/elements.md', 'all of them, and what holds for all'],
    ...elementPages(),
  ]],
  ['Reference', [
    ['docs/engine.md', 'rooms, events, channels, files, media and statistics without elements'],
    ['docs/relay.md', 'every setting, the library, tokens, limits'],
    ['docs/errors.md', 'every error code, and what to do'],
    ['docs/logging.md', 'what log lines hold'],
    ['docs/wire.md', 'the protocol'],
  ]],
  ['Project', [
    ['ARCHITECTURE.md', 'how the code is laid out'],
    ['CONTRIBUTING.md', 'commands and rules'],
    ['CHANGELOG.md', 'what has changed'],
    ['docs/browsers.md', 'what was seen to work where, and what is different'],
    ['docs/faults.md', 'what happens when something breaks'],
    ['docs/benchmarks.md', 'figures, and how they are measured'],
  ]],
];

/** @returns {Section[]} with the titles that the files have */
export function contents() {
  return SECTIONS.map(([title, pages]) => ({
    title, pages: pages.map(([path, about]) => ({ path, about, title: titleOf(path) })),
  }));
}

/** @returns {Page[]} why something is as it is, by number */
export function decisions() {
  return listFiles(DECISIONS).map((path) => ({ path, about: '', title: titleOf(path) }));
}

/** For programs that read (llmstxt.org): the same index, with paths that hold in the repository and on the site. */
export function llmsTxt() {
  const { name, description } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
  const sections = contents().map(({ title, pages }) => `## ${title === 'Project' ? 'Optional' : title}\n\n${
    pages.map((page) => `- [${page.title}](${page.path}): ${page.about}\n`).join('')}`);
  return `# ${name}\n\n> ${description}\n\n${sections.join('\n')}`;
}

/** As docs/elements.md lists them. @returns {[path: string, about: string][]} */
function elementPages() {
  const table = readFileSync(`${root}/docs/elements.md`, 'utf8').matchAll(/^\| \[`<[a-z-]+>`\]\(([^)]+)\) \| (.*) \|$/gm);
  return [...table].map(([, page, about = '']) => [`docs/${page}`, about.replace(/\.$/, '')]);
}

/** The heading, without marks of code. */
function titleOf(/** @type {string} */ path) {
  const title = /^# (.*)$/m.exec(readFileSync(`${root}/${path}`, 'utf8'))?.[1];
  if (title === undefined) throw new Error(`${path} has no heading.`);
  return title.replaceAll('`', '');
}
