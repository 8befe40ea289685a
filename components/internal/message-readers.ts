/** Elements in a document that show sentences. Their language, or the sentences, may change at any time. */
type Reader = Element & { requestUpdate(): void };

const readers = new Set<Reader>();
let watch: { readonly observer: MutationObserver; readonly end: AbortController } | undefined;

export function addReader(element: Reader): void {
  readers.add(element);
  watch ??= startWatch();
  // It sees into no shadow: one tree after the other.
  for (let at: Element | undefined = element; at; at = hostOf(at)) {
    watch.observer.observe(at.getRootNode(), { subtree: true, attributeFilter: ['lang', 'dir'] });
  }
}

export function removeReader(element: Reader): void {
  readers.delete(element);
  if (readers.size > 0) return;
  watch?.observer.disconnect();
  watch?.end.abort();
  watch = undefined;
}

export function renewReaders(): void {
  for (const reader of readers) reader.requestUpdate();
}

/** Of the shadow that an element stands in. */
export function hostOf(element: Element): Element | undefined {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : undefined;
}

/** One for all. */
function startWatch(): typeof watch & object {
  const end = new AbortController();
  window.addEventListener('languagechange', renewReaders, { signal: end.signal });
  return { observer: new MutationObserver(renewReaders), end };
}
