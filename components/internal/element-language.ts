import { loadLanguage, spokenOf } from './languages.ts';
import { hostOf } from './message-readers.ts';
import { ENGLISH, primary, say } from './messages.ts';
import type { Spoken, Text } from './messages.ts';

type Reader = Element & { readonly for?: string };

/** Read from right to left. (`Intl.Locale` knows, but not in Firefox.) */
const FROM_RIGHT = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** What an element speaks: the language of where it stands, once that is loaded; until then the one before, English at first. */
export class ElementLanguage implements Spoken {
  readonly #element: Reader;
  #spoken: Spoken = { language: ENGLISH, locale: ENGLISH };

  constructor(element: Reader) {
    this.#element = element;
  }

  get language(): string {
    return this.#spoken.language;
  }

  get locale(): string {
    return this.#spoken.locale;
  }

  readonly text: Text = (key, values) => say(this.#spoken, key, values);

  /** Looks around anew. @returns the wait for the language, where there is one */
  follow(): Promise<void> | undefined {
    const wanted = spokenOf(attributeAround(this.#element, 'lang', true));
    const loading = loadLanguage(wanted.language);
    if (!loading) this.#spoken = wanted;
    return loading;
  }

  /** Tells on what is shown where it is not as the page around says: another language (WCAG 2.2, 3.1.2), another direction. */
  mark(shown: Element): void {
    const isForeign = primary(attributeAround(this.#element, 'lang') ?? '') !== this.language;
    set(shown, 'lang', isForeign ? this.language : null);
    set(shown, 'dir', this.isFromRight ? 'rtl' : null);
  }

  /** Though nothing around says so: a page that gives a direction decides itself. */
  get isFromRight(): boolean {
    return FROM_RIGHT.has(this.language) && !attributeAround(this.#element, 'dir');
  }
}

/** Writes a change only: elements inside look around anew whenever one of these is written. */
function set(element: Element, name: 'lang' | 'dir', value: string | null): void {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** The nearest one, through shadows, and from who belongs to a room by `for` to that room; the document's comes last. */
function attributeAround(element: Reader, name: 'lang' | 'dir', throughFor = false): string | undefined {
  const { documentElement } = element.ownerDocument;
  for (let at: Reader | undefined = element; at; at = hostOf(at)) {
    const found = at.closest(`[${name}]`);
    if (found && found !== documentElement) return found.getAttribute(name) ?? undefined;
    // What was taken out of the page has a root that finds nothing.
    const room = throughFor && at.for ? (at.getRootNode() as Partial<Document>).getElementById?.(at.for) : null;
    if (room) return attributeAround(room, name);
  }
  return documentElement.getAttribute(name) ?? undefined;
}
