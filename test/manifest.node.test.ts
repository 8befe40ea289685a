import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { root } from '../scripts/lib/root.mjs';

interface Named { readonly name: string }
interface Declaration extends Named {
  readonly tagName: string;
  readonly attributes: readonly (Named & { readonly fieldName: string })[];
  readonly members: readonly (Named & { readonly kind: string; readonly attribute?: string })[];
  readonly events: readonly Named[];
  readonly slots: readonly Named[];
  readonly cssParts: readonly Named[];
  readonly cssStates: readonly Named[];
  readonly cssProperties: readonly Named[];
}
interface Module {
  readonly path: string;
  readonly declarations: readonly Declaration[];
  readonly exports: readonly { readonly declaration: { readonly module: string } }[];
}

const read = (file: string): string => readFileSync(`${root}/${file}`, 'utf8');
const packageJson = JSON.parse(read('package.json')) as { customElements: string; exports: Record<string, string | { types: string }> };
const { modules } = JSON.parse(read(packageJson.customElements)) as { modules: readonly Module[] };
const elements = modules.flatMap(({ declarations }) => declarations);

/** What a page of the documentation has in the first column of its tables, and in its lists; `the default one` is a slot. */
function documented(tag: string): Readonly<Record<string, string[]>> {
  const [, api = ''] = /<!-- table: api -->\n([^]*?)<!-- end -->/.exec(read(`docs/elements/${tag}.md`)) ?? [];
  const rows = [...api.matchAll(/^\| (\S+) \| ([^|]+) \|/gm)].map(([, first = '', second = '']) => [first, second].map(plain));
  const list = (title: string) => {
    const [, words = ''] = new RegExp(`^- ${title}: (.*)$`, 'm').exec(api) ?? [];
    return words.replace(/ \([^()]*\)/g, '').split(', ').filter(Boolean).map(plain);
  };
  const options = rows.filter(([first = '']) => !/^(?:rtc-|attribute$|event$|-+$)/.test(first));
  return {
    attributes: options.flatMap(([attribute = '']) => (attribute === '–' ? [] : [attribute])),
    properties: options.map(([, property = '']) => property),
    events: rows.flatMap(([first = '']) => (first.startsWith('rtc-') ? [first] : [])),
    slots: list('Slots').map((slot) => (slot === 'the default one' ? '' : slot)),
    parts: list('Parts'), states: list('States'), cssProperties: list('Custom properties'),
  };
}

function plain(cell: string): string {
  return cell.replaceAll('`', '');
}

function described(element: Declaration): Readonly<Record<string, string[]>> {
  const names = (all: readonly Named[]) => all.map(({ name }) => name);
  return {
    attributes: names(element.attributes), properties: names(element.members.filter(({ kind }) => kind === 'field')),
    events: names(element.events), slots: names(element.slots), parts: names(element.cssParts), states: names(element.cssStates),
    cssProperties: names(element.cssProperties),
  };
}

function sorted(all: Readonly<Record<string, readonly string[]>>): object {
  return Object.fromEntries(Object.entries(all).map(([kind, names]) => [kind, [...names].sort()]));
}

describe('custom-elements.json', () => {
  it('has the elements that are documented, and no others', () => {
    const pages = readdirSync(`${root}/docs/elements`).flatMap((file) => /^(rtc-.*)\.md$/.exec(file)?.[1] ?? []);
    assert.deepEqual(elements.map(({ tagName }) => tagName).sort(), pages.sort());
  });

  for (const element of elements) {
    it(`says of <${element.tagName}> what its page says`, () => {
      const page = documented(element.tagName);
      assert.deepEqual(sorted(described(element)), sorted(page));
      assert.ok(Object.values(page).flat().length > 1, 'the page has an API');
    });
  }

  it('names files that are in the package', () => {
    const files = modules.flatMap(({ path, exports }) => [path, ...exports.map(({ declaration }) => declaration.module)]);
    assert.deepEqual(files.filter((file) => !existsSync(`${root}/${file}`)), []);
  });
});

describe('what is made of it', () => {
  it('has every tag, for each framework', () => {
    const frameworks = ['./react', './vue', './svelte', './solid'].map((name) => Object(packageJson.exports[name]) as { types: string });
    for (const { types } of frameworks) {
      const text = read(types);
      assert.deepEqual(elements.filter(({ tagName }) => !text.includes(`'${tagName}': `)), [], types);
    }
  });

  it('has every tag and attribute, for editors', () => {
    const { tags } = JSON.parse(read('dist/vscode.html-custom-data.json')) as { tags: (Named & { attributes: Named[] })[] };
    const names = (all: readonly Named[]) => all.map(({ name }) => name);
    assert.deepEqual(tags.map(({ name, attributes }) => [name, names(attributes)]),
      elements.map(({ tagName, attributes }) => [tagName, names(attributes)]));
  });
});
