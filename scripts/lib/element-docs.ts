// The API of an element, read from its comment: attributes, properties, events, slots, parts, states.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { listFiles } from './files.mjs';
import { root } from './root.mjs';

/** One tag of a comment, such as `@slot empty - Where nobody else is here.` */
export interface Entry {
  readonly kind: string;
  readonly name: string;
  readonly about: string;
}

export interface ElementDoc {
  readonly tag: string;
  readonly about: string;
  readonly entries: readonly Entry[];
}

const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');

/** Every element of the package, by tag. */
export function readElements(): ReadonlyMap<string, ElementDoc> {
  const tags = listFiles('components/define').flatMap((file) => /\/(rtc-[a-z-]+)\.ts$/.exec(file)?.[1] ?? [])
    .filter((tag) => tag !== 'rtc-js');
  return new Map(tags.map((tag) => [tag, readElement(tag, read(`components/${tag}/${tag}.ts`))]));
}

/** @param source - Of the module with its class. @throws Error where the class has no comment. */
export function readElement(tag: string, source: string): ElementDoc {
  const comment = /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport class Rtc\w+Element /.exec(source)?.[1];
  if (comment === undefined) throw new Error(`<${tag}> has no comment`);
  const [about = '', ...lines] = comment.replace(/\n \* ?/g, '\n').trim().split(/\n(?=@)/);
  return { tag, about: oneLine(about), entries: lines.flatMap(entriesOf) };
}

/** What stands in one line shares what is said next: `@slot send @slot reply - Icons.` */
function entriesOf(line: string): Entry[] {
  let about = '';
  return oneLine(line).split(/(?:^|\s)@/).slice(1).reverse().map((words) => {
    const [, kind = '', name = '', own = ''] = /^(\w+)\s*(?!- )(\S*)\s*(?:- )?(.*)$/.exec(words) ?? [];
    return { kind, name, about: (about = own || about) };
  }).reverse();
}

/** By its type, what the class of an event says of it: its detail, and when. */
export function readEvents(): ReadonlyMap<string, string> {
  const source = read('components/events.ts');
  const abouts = new Map([...source.matchAll(/\/\*\* (.*) \*\/\nexport class (\w+) /g)].map(([, about = '', name = '']) => [name, about]));
  return new Map([...source.matchAll(/'(rtc-[a-z-]+)': (\w+);/g)].map(([, type = '', name = '']) => [type, abouts.get(name) ?? '']));
}

function oneLine(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}
