/** Defines tags in the order given. A tag that is taken stays as it is: a second copy on the page changes nothing. */
export function define(elements: Readonly<Record<string, CustomElementConstructor>>): void {
  for (const [tag, element] of Object.entries(elements)) if (!customElements.get(tag)) customElements.define(tag, element);
}
