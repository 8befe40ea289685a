import { messages } from '../../components/languages/en.ts';
import { SHORTCUTS } from '../../components/rtc-room/shortcut-keys.ts';
import { defaultOf, flagOf } from '../../server/config/print.ts';
import { leavesOf, type Leaf, type Tree } from '../../server/config/leaves.ts';
import { programSettings, relaySettings } from '../../server/config/schema.ts';
import { readElements } from './element-docs.ts';
import { elementApi } from './element-tables.ts';
import { ERROR_HINTS } from './error-hints.ts';
import { code, table } from './markdown.ts';

/** What stands between `<!-- table: name -->` and `<!-- end -->`, by file: made from the code, never by hand. */
export const TABLES: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'docs/relay.md': {
    options: () => optionTable(withoutLimits(relaySettings)),
    program: () => optionTable(programSettings),
    limits: () => optionTable({ limits: relaySettings.limits }),
  },
  'docs/errors.md': { errors: errorTable },
  'docs/elements.md': { elements: elementTable, keys: keyTable },
  ...Object.fromEntries([...readElements().values()].map((element) => [pageOf(element.tag), { api: () => elementApi(element) }])),
};

/** The text with its tables as they have to be. @throws Error for a place that has no table, or a table without a place. */
export function withTables(text: string, tables: Readonly<Record<string, () => string>>): string {
  const placed = new Set<string>();
  const filled = text.replace(/(<!-- table: (\w+) -->\n)[^]*?(<!-- end -->)/g, (_, begin: string, name: string, end: string) => {
    const make = tables[name];
    if (!make) throw new Error(`no table is called ${name}`);
    placed.add(name);
    return `${begin}${make()}${end}`;
  });
  const lost = Object.keys(tables).filter((name) => !placed.has(name));
  if (lost.length > 0) throw new Error(`no place for the tables ${lost.join(', ')}`);
  return filled;
}

function optionTable(tree: Tree): string {
  return table(['option', 'flag', 'environment', 'default', ''], leavesOf(tree).map((leaf) => [
    code(leaf.key), flagsOf(leaf), code(leaf.env), valueOf(leaf), `${leaf.setting.about}.`,
  ]));
}

/** In English. */
function said(key: string): string | undefined {
  const sentence: unknown = Object.entries(messages).find(([name]) => name === key)?.[1];
  return typeof sentence === 'string' ? sentence : undefined;
}

function errorTable(): string {
  return table(['code', 'to a person', 'to a developer'], Object.entries(ERROR_HINTS).map(([name, hint]) =>
    [code(name), said(`error:${name}`) ?? '–', hint]));
}

/** Each with the first sentence of what its class says; a shorter one than this is a heading rather. */
function elementTable(): string {
  return table(['element', ''], [...readElements().values()].map(({ tag, about }) =>
    [`[${code(`<${tag}>`)}](elements/${tag}.md)`, /^.{20,}?[.](?= |$)/.exec(about)?.[0] ?? about]));
}

/** Each with the name of the button that does the same, and the command. */
function keyTable(): string {
  return table(['key', '', 'command'], SHORTCUTS.map(({ key, label, command }) =>
    [code(key.toUpperCase()), said(label) ?? '', code(command)]));
}

function pageOf(tag: string): string {
  return `docs/elements/${tag}.md`;
}

function flagsOf(leaf: Leaf): string {
  return flagOf(leaf)?.split(', ').map((flag) => code(flag.replace(/ <.*/, ''))).join(', ') ?? '';
}

/** In words as they are, as code what could be written so. */
function valueOf(leaf: Leaf): string {
  return leaf.setting.defaultText ?? (leaf.setting.default === undefined ? 'none' : code(defaultOf(leaf)));
}

function withoutLimits({ limits: _, ...rest }: typeof relaySettings): Tree {
  return rest;
}
