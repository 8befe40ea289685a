import type { ElementInfo } from './element-info.ts';

/** The package's types, from where these files stand: `dist/frameworks`. */
const PACKAGE = '../lib/components/index.js';

/** What a framework calls properties and listeners, and where and how it keeps its tags. */
interface Framework {
  readonly title: string;
  /** The type of what is ours of a `Tag`. */
  readonly own: string;
  /** The type of what is everybody's of an `Element`. */
  readonly props: string;
  readonly module: string;
  /** The interface of all tags, `namespace.name` where it stands in one. */
  readonly registry: string;
}

const FRAMEWORKS: Readonly<Record<string, Framework>> = {
  react: {
    title: 'React 19', own: "Own<Tag, 'on'>", module: 'react', registry: 'JSX.IntrinsicElements',
    props: "import('react').DetailedHTMLProps<import('react').HTMLAttributes<Element>, Element>",
  },
  svelte: {
    title: 'Svelte 5', own: "Own<Tag, 'on'>", module: 'svelte/elements', registry: 'SvelteHTMLElements',
    props: "import('svelte/elements').HTMLAttributes<Element>",
  },
  solid: {
    title: 'Solid', own: 'OwnOfSolid<Tag>', module: 'solid-js', registry: 'JSX.IntrinsicElements',
    props: "import('solid-js').JSX.HTMLAttributes<Element>",
  },
};

/** By file name, types only: `elements.d.ts`, which all of the others are made of, and one for each framework. */
export function frameworkTypes(elements: readonly ElementInfo[]): Readonly<Record<string, string>> {
  return {
    'elements.d.ts': elementTypes(elements),
    'vue.d.ts': vueTypes(elements),
    ...Object.fromEntries(Object.entries(FRAMEWORKS).map(([name, framework]) => [`${name}.d.ts`, typesFor(framework, elements)])),
  };
}

function elementTypes(elements: readonly ElementInfo[]): string {
  return `/** What is ours of each tag. */
import type { ${elements.map(({ className }) => className).join(', ')} } from '${PACKAGE}';

export interface RtcElements {
${elements.map(elementType).join('\n')}
}

/** Of a tag: properties, attributes that are called otherwise, and listeners, whose names begin with \`Prefix\`. */
export type Own<Tag extends keyof RtcElements, Prefix extends string> =
  & RtcElements[Tag]['properties']
  & RtcElements[Tag]['attributes']
  & Listeners<Tag, Prefix>;

/** Solid knows no capitals in the name of a property, but behind \`prop:\`. */
export type OwnOfSolid<Tag extends keyof RtcElements, Properties = RtcElements[Tag]['properties']> =
  & { [Name in keyof Properties as Dashed<Name & string>]: Properties[Name] }
  & { [Name in keyof Properties as \`prop:\${Name & string}\`]: Properties[Name] }
  & Listeners<Tag, 'on:'>;

type Listeners<Tag extends keyof RtcElements, Prefix extends string, Events = RtcElements[Tag]['events']> = {
  [Name in keyof Events & string as \`\${Prefix}\${Name}\`]?:
    ((event: Events[Name] & { readonly currentTarget: RtcElements[Tag]['element'] }) => void) | undefined;
};

type Dashed<Name extends string> = Name extends \`\${infer First}\${infer Rest}\`
  ? \`\${First extends Lowercase<First> ? First : \`-\${Lowercase<First>}\`}\${Dashed<Rest>}\` : Name;
`;
}

/** In frameworks that write \`false\` into an attribute, only the property may be false. */
function elementType({ tag, className, properties, attributes, events }: ElementInfo): string {
  const type = (property: string) => `${className}['${property}'] | undefined`;
  return `  '${tag}': {
    element: ${className};
    properties: {${members(properties.filter(({ isReadonly }) => !isReadonly)
    .map(({ name, about }) => ({ about, name: `${name}?`, type: type(name) })))}};
    attributes: {${members(attributes.filter(({ name, property }) => name !== property)
    .map(({ name, about, isBoolean }) => ({ about, name: `'${name}'?`, type: `${isBoolean ? "true | ''" : 'string'} | undefined` })))}};
    events: {${members(events.map(({ name, about }) => ({ about, name: `'${name}'`, type: `HTMLElementEventMap['${name}']` })))}};
  };`;
}

function members(all: readonly { readonly name: string; readonly about: string; readonly type: string }[]): string {
  const lines = all.map(({ name, about, type }) => `      /** ${about} */\n      ${name}: ${type};`);
  return lines.length === 0 ? '' : `\n${lines.join('\n')}\n    `;
}

function typesFor({ title, own, props, module, registry }: Framework, elements: readonly ElementInfo[]): string {
  return `/** The tags of rtc-elements in ${title}. Types only. */
import type { ${own.replace(/<.*/, '')}, RtcElements } from './elements.js';

type Props<Tag extends keyof RtcElements, Element extends HTMLElement = RtcElements[Tag]['element']> =
  Omit<${props}, keyof ${own}> & ${own};

${augmentation(module, registry, elements.map((element) => tagLine(element, 'Props')))}`;
}

/** Of a custom element Vue wants to know what a component has: \`$props\` and \`$emit\`. */
function vueTypes(elements: readonly ElementInfo[]): string {
  return `/** The tags of rtc-elements in Vue 3. Types only. */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { RtcElements } from './elements.js';

type Own<Tag extends keyof RtcElements> = RtcElements[Tag]['properties'] & RtcElements[Tag]['attributes'];

type Component<Tag extends keyof RtcElements, Events = RtcElements[Tag]['events']> = new () => RtcElements[Tag]['element'] & {
  /** Of templates alone. */
  $props: Omit<HTMLAttributes & PublicProps, keyof Own<Tag>> & Own<Tag>;
  /** Of templates alone. */
  $emit: EmitFn<{ [Name in keyof Events]: (event: Events[Name]) => void }>;
};

${augmentation('vue', 'GlobalComponents', elements.map((element) => tagLine(element, 'Component')))}`;
}

function tagLine({ tag, about }: ElementInfo, type: string): string {
  return `/** ${about} */\n'${tag}': ${type}<'${tag}'>;`;
}

function augmentation(module: string, registry: string, lines: readonly string[]): string {
  const [name = '', namespace] = registry.split('.').reverse();
  const inner = `interface ${name} {\n${indent(lines.join('\n'))}\n}`;
  const body = namespace === undefined ? inner : `namespace ${namespace} {\n${indent(inner)}\n}`;
  return `declare module '${module}' {\n${indent(body)}\n}\n`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
