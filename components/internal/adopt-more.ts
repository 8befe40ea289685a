import { adoptStyles } from 'lit';
import { adoptForeign } from './foreign-styles.ts';
import type { CSSResultOrNative, LitElement } from 'lit';

/** What came later, by the shadow it is in. */
const added = new WeakMap<ShadowRoot, Set<CSSResultOrNative>>();

/** Sheets of what is loaded later, after those of the element's class and of what was loaded before. */
export function adoptMore({ constructor, ownerDocument, shadowRoot }: HTMLElement, styles: readonly CSSResultOrNative[]): void {
  if (!shadowRoot) return;
  const more = new Set([...added.get(shadowRoot) ?? [], ...styles]);
  added.set(shadowRoot, more);
  const all = [...(constructor as typeof LitElement).elementStyles, ...more];
  (ownerDocument === document ? adoptStyles : adoptForeign)(shadowRoot, all);
}
