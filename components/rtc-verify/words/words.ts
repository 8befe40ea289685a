/** The languages there are words in, and how they are loaded. */
const LANGUAGES = {
  ar: () => import('./ar.ts'), de: () => import('./de.ts'), en: () => import('./en.ts'),
  es: () => import('./es.ts'), fr: () => import('./fr.ts'), ja: () => import('./ja.ts'),
};

export type Language = keyof typeof LANGUAGES;

/** The element's own, by the nearest `lang` around it, through shadow roots as well (CSS Selectors 4, `:lang`). */
export function languageOf(element: Element): Language {
  return (Object.keys(LANGUAGES) as Language[]).find((language) => element.matches(`:lang(${language})`)) ?? 'en';
}

export async function loadWords(language: Language): Promise<readonly string[]> {
  return (await LANGUAGES[language]()).words;
}
