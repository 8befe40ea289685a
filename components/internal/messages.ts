/** Every sentence a person may read. */
import { english } from './english.ts';
import { renewReaders } from './message-readers.ts';
import type { messages } from '../languages/en.ts';
import type { inviting } from './english-inviting.ts';
import type { onDemand } from './english-on-demand.ts';
import type { qualityWords } from './english-quality.ts';

export type MessageKey = keyof typeof messages;
/** `{name}` stands for a value. Where a count changes the sentence: one for each of the language's forms (CLDR, plural rules). */
export type Sentence = string | Readonly<{ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>>;
/** A language, whole. */
export type Messages = Readonly<Record<MessageKey, Sentence>>;
export type OnDemand = Pick<Messages, keyof typeof onDemand | keyof typeof inviting | keyof typeof qualityWords>;
export type Values = Readonly<Record<string, string | number>>;
export type Text = (key: MessageKey, values?: Values) => string;
/** `locale` is `language`, or a variety of it by which numbers and times are written. */
export interface Spoken { readonly language: string; readonly locale: string }

type Catalogue = { readonly [Key in MessageKey]?: Sentence | undefined };

export const ENGLISH = 'en';
const ANY = '';
const catalogues = new Map<string, Catalogue>([[ENGLISH, english]]);
const overrides = new Map<string, Catalogue>();

/**
 * Replaces some sentences, or all of them; everything on show changes with it. `undefined` brings one back.
 *
 * @param language - Only in this one, such as `pt`, which elements then speak. @default every language
 * @throws RangeError for what is no language tag
 */
export function setMessages(sentences: Catalogue, language = ANY): void {
  const of = language === ANY ? ANY : new Intl.Locale(language).language;
  overrides.set(of, { ...overrides.get(of), ...sentences });
  renewReaders();
}

/** Sentences that are loaded; those that are there already stay. */
export function addMessages(sentences: Catalogue, language = ENGLISH): void {
  catalogues.set(language, { ...sentences, ...catalogues.get(language) });
}

export function isLoaded(language: string): boolean {
  return catalogues.has(language);
}

/** Whether the page brought sentences in it. */
export function isOfPage(language: string): boolean {
  return language !== ANY && overrides.has(language);
}

/** `de` of `de-AT`. Scripts and regions have no sentences of their own. */
export function primary(tag: string): string {
  return tag.split(/[-_]/, 1)[0]?.toLowerCase() ?? '';
}

/** What a language lacks is said in English. */
export function say({ language, locale }: Spoken, key: MessageKey, values: Values = {}): string {
  const sentence = [
    overrides.get(language), overrides.get(ANY), catalogues.get(language), overrides.get(ENGLISH), catalogues.get(ENGLISH),
  ].find((catalogue) => catalogue?.[key] !== undefined)?.[key] ?? '';
  const form = typeof sentence === 'string' ? sentence : formOf(sentence, language, Number(values['count']));
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name] ?? whole;
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
  });
}

/** The person's sentence for an error's code. */
export function errorText(text: Text, code: string): string {
  return text(`error:${code}` as MessageKey) || text('error:internal');
}

function formOf(forms: Exclude<Sentence, string>, language: string, count: number): string {
  return forms[new Intl.PluralRules(language).select(count)] ?? forms.other;
}
