/** Asks the page before something is done. @throws AbortError where it prevents it. */
export function askFirst(element: EventTarget, event: Event): void {
  if (!element.dispatchEvent(event)) throw new DOMException('The page prevented it', 'AbortError');
}
