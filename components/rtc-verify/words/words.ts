/** The languages there are words in, and how they are loaded. */
const LANGUAGES = {
  ar: () => import('./ar.ts'), de: () => import('./de.ts'), en: () => import('./en.ts'),
  es: () => import('./es.ts'), fr: () => import('./fr.ts'), ja: () => import('./ja.ts'),
};

export interface Words { readonly language: string; readonly words: readonly string[] }

/** In this language where there are any, else in English. */
export async function loadWords(wanted: string): Promise<Words> {
  const language = Object.hasOwn(LANGUAGES, wanted) ? wanted as keyof typeof LANGUAGES : 'en';
  return { language, words: (await LANGUAGES[language]()).words };
}
