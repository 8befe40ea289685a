import { readFileSync } from 'node:fs';
import { root } from '../../scripts/lib/root.mjs';
import { readElements } from '../../scripts/lib/element-docs.ts';

/** Of any element. */
const GLOBAL = new Set(['id', 'class', 'slot', 'lang', 'dir', 'hidden']);
const VOID = new Set(['link', 'meta', 'img', 'input', 'br']);
/** Nothing but what a person would write: names in small letters, values in double quotes. */
const TAG = /<(\/?)([a-z][a-z0-9-]*)((?:\s+[a-z-]+(?:="[^"<]*")?)*)\s*>/y;
const RAW = /([^]*?)(?=<\/(?:style|script)>)/y;

const elements = readElements();
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');
const commands = new Set([...read('components/rtc-room/commands.ts').matchAll(/\['(--[a-z-]+)'/g)].map(([, name]) => name));
const tokens = new Set([...read('components/internal/base.styles.ts').matchAll(/var\((--rtc-[a-z-]+)/g)].map(([, name]) => name));

/** Whether an element has that. @param kind - `attr`, `slot`, `csspart`, `cssState` */
function has(tag: string, kind: string, name: string): boolean {
  return elements.get(tag)?.entries.some((entry) => entry.kind === kind && entry.name === name) ?? false;
}

/** @returns a line for each thing in the markup that there is not, or that is written as nobody should */
export function checkMarkup(code: string): string[] {
  const mistakes: string[] = [];
  const open: string[] = [];
  const ids = new Set([...code.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
  for (let at = code.indexOf('<'); at >= 0; at = code.indexOf('<', at)) {
    TAG.lastIndex = at;
    const [whole, end, tag = '', words = ''] = TAG.exec(code) ?? [];
    if (whole === undefined) return [...mistakes, `not well written: ${code.slice(at, at + 40)}`];
    at += whole.length;
    if (end) {
      if (open.pop() !== tag) mistakes.push(`</${tag}> closes nothing`);
      continue;
    }
    mistakes.push(...checkTag(tag, attributesOf(words), open.at(-1), ids));
    if (!VOID.has(tag)) open.push(tag);
    if (tag !== 'style' && tag !== 'script') continue;
    RAW.lastIndex = at;
    const [raw = ''] = RAW.exec(code) ?? [];
    at += raw.length;
    if (tag === 'style') mistakes.push(...checkStyle(raw));
  }
  return [...mistakes, ...open.map((tag) => `<${tag}> is not closed`)];
}

function attributesOf(words: string): [name: string, value: string][] {
  return [...words.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, value]);
}

function checkTag(
  tag: string, attributes: readonly [name: string, value: string][], parent: string | undefined,
  ids: ReadonlySet<string | undefined>,
): string[] {
  const isOurs = tag.startsWith('rtc-');
  if (isOurs && !elements.has(tag)) return [`there is no <${tag}>`];
  return attributes.flatMap(([name, value]) => {
    if (name === 'slot') return parent === undefined || has(parent, 'slot', value) ? [] : [`<${parent}> has no slot ${value}`];
    if (name === 'for' || name === 'commandfor') return ids.has(value) ? [] : [`nothing here has the id ${value}`];
    if (name === 'command') return commands.has(value) ? [] : [`there is no command ${value}`];
    return !isOurs || GLOBAL.has(name) || has(tag, 'attr', name) ? [] : [`<${tag}> has no attribute ${name}`];
  });
}

/** @returns a line for each tag, part, state and token that there is not */
export function checkStyle(css: string): string[] {
  const selectors = [...css.matchAll(/(?<![\w-])(rtc-[a-z-]+)((?::(?:state|not|has)\([^{,]*?\)+|\[[^\]]*\]|\.[\w-]+)*)(?:::part\(([a-z -]+)\))?/g)];
  const mistakes = selectors.flatMap(([, tag = '', states = '', part]) => {
    if (!elements.has(tag)) return [`there is no <${tag}>`];
    const named = [...states.matchAll(/:state\(([a-z-]+)\)/g)].map(([, name = '']) => name);
    return [
      ...named.filter((name) => !has(tag, 'cssState', name)).map((name) => `<${tag}> has no state ${name}`),
      ...(part?.split(' ') ?? []).filter((name) => !has(tag, 'csspart', name)).map((name) => `<${tag}> has no part ${name}`),
    ];
  });
  const unknown = [...css.matchAll(/--rtc-[a-z-]+/g)].map(([name]) => name).filter((name) => !tokens.has(name));
  return [...mistakes, ...unknown.map((name) => `there is no ${name}`)];
}
