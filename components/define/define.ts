import { VERSION } from '../version.ts';

let hasWarned = false;

/**
 * Defines tags in the order given. A tag that is taken stays as it is: a second copy on the page changes nothing. On a server
 * nothing happens.
 */
export function define(elements: Readonly<Record<string, CustomElementConstructor>>): void {
  if (!('customElements' in globalThis) || isOfAnotherVersion()) return;
  for (const [tag, element] of Object.entries(elements)) if (!customElements.get(tag)) customElements.define(tag, element);
}

/**
 * Whether the page has the room of another version. Then all of this copy stays out, and says so once: elements of two versions
 * need not understand each other.
 */
export function isOfAnotherVersion(): boolean {
  const room: (CustomElementConstructor & { readonly version?: string }) | undefined = customElements.get('rtc-room');
  if (!room || room.version === VERSION) return false;
  if (!hasWarned) console.warn(`rtc-elements ${VERSION} stays out: ${room.version ?? 'another version'} is on this page.`);
  hasWarned = true;
  return true;
}
