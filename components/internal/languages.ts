import { addMessages, ENGLISH, isLoaded, isOfPage, primary } from './messages.ts';
import { renewReaders } from './message-readers.ts';
import { tryAgain } from './try-again.ts';
import type { Messages, Spoken } from './messages.ts';

export type Loaders = Readonly<Record<string, () => Promise<{ readonly messages: Messages }>>>;

/** The languages there are. Another one is a line here and its file. */
export const LANGUAGES: Loaders = {
  ar: () => import('../languages/ar.ts'),
  de: () => import('../languages/de.ts'),
  es: () => import('../languages/es.ts'),
  fr: () => import('../languages/fr.ts'),
  ja: () => import('../languages/ja.ts'),
};

const loading = new Map<string, Promise<void>>();

/**
 * Loads what is not there yet; the elements are told when it is.
 *
 * @returns settled when the first try is over, whatever came of it; `undefined` where there is nothing to wait for
 */
export function loadLanguage(language: string, loaders = LANGUAGES, retryMs?: number): Promise<void> | undefined {
  const load = Object.hasOwn(loaders, language) ? loaders[language] : undefined;
  if (!load || isLoaded(language)) return undefined;
  const fetch = async () => {
    addMessages((await load()).messages, language);
    renewReaders();
  };
  const tell = (cause: unknown) => {
    reportError(new Error(`The words in "${language}" could not be loaded. They are tried again.`, { cause }));
  };
  if (!loading.has(language)) loading.set(language, tryAgain(fetch, { onFailure: tell }, retryMs));
  return loading.get(language);
}

/** @param tag - What the page says. Without a word of it, the first language of the person that there is. */
export function spokenOf(tag: string | undefined): Spoken {
  const language = (tag ? [tag] : navigator.languages).map(primary).find(isKnown) ?? ENGLISH;
  return { language, locale: localeOf(language, tag) };
}

function isKnown(language: string): boolean {
  return language === ENGLISH || Object.hasOwn(LANGUAGES, language) || isOfPage(language);
}

/** Numbers and times as the page says (`de-AT`), else as the person is used to write them in that language. */
function localeOf(language: string, tag = ''): string {
  for (const candidate of [tag.replaceAll('_', '-'), ...navigator.languages]) {
    if (primary(candidate) === language && candidate.includes('-') && isWellFormed(candidate)) return candidate;
  }
  return language;
}

function isWellFormed(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false; // RangeError (ECMA-402, 6.2.1): `Intl` would throw it wherever the tag is used.
  }
}
