import { readEvents, type ElementDoc, type Entry } from './element-docs.ts';
import { code, table } from './markdown.ts';

/** What stands under "API" on an element's page. */
export function elementApi({ tag, entries }: ElementDoc): string {
  const of = (...kinds: string[]): Entry[] => entries.filter(({ kind }) => kinds.includes(kind));
  const [options, events] = [of('attr', 'prop'), of('fires')];
  const lists = [
    list('Commands', of('command')), list('Slots', of('slot')), list('Parts', of('csspart')), list('States', of('cssState')),
    list('Custom properties', of('cssprop')),
  ];
  return `${[
    options.length > 0 && table(['attribute', 'property', ''], options.map((option) => optionRow(option, entries))),
    events.length > 0 && table(['event', '`detail`', ''], events.map(({ name }) => eventRow(name, tag))),
    lists.filter(Boolean).join('\n'),
  ].filter(Boolean).join('\n').trim()}\n`;
}

function optionRow({ kind, name, about }: Entry, entries: readonly Entry[]): string[] {
  const [attribute, property] = kind === 'attr' ? [code(name), code(camelCase(name))] : ['–', code(name)];
  const next = entries[entries.findIndex((entry) => entry.kind === kind && entry.name === name) + 1];
  const words = next?.kind === 'default' ? ` Default: ${`${next.name} ${next.about}`.trim()}.` : '';
  return [attribute, property, `${about}${words}`];
}

function eventRow(type: string, tag: string): string[] {
  const about = readEvents().get(type);
  const [, detail = '', words = ''] = /^(`\{[^`]*\}`): (.*)$/.exec(about ?? '') ?? [];
  if (!detail) throw new Error(`<${tag}> fires ${type}, whose class does not say what it tells`);
  return [code(type), detail, capital(words)];
}

/** `a`, `b` (what they are), `c`: one after the other, as they stand in the source. */
function list(title: string, entries: readonly Entry[]): string {
  if (entries.length === 0) return '';
  const words = entries.map(({ name, about }, index) => {
    const said = about !== entries[index + 1]?.about && about ? ` (${plain(about)})` : '';
    return `${name ? code(name) : 'the default one'}${said}`;
  });
  return `- ${title}: ${words.join(', ')}`;
}

/** As it stands in parentheses. */
function plain(sentence: string): string {
  return (/^[A-Z][a-z' ]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence).replace(/\.$/, '');
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
