/** The room's name in the address of the page, `?room=…`. */
import { withPart } from './address-part.ts';

const KEY = 'room';

/** @returns `undefined` where the address has none */
export function nameOfPage(): string | undefined {
  return new URL(location.href).searchParams.get(KEY) || undefined;
}

/** The address of this page, with the name. */
export function withName(name: string): string {
  if (nameOfPage() === name) return location.href;
  const url = new URL(location.href);
  url.search = withPart(url.search.slice(1), KEY, name);
  return url.href;
}

/** Without a new entry in the history. */
export function putNameOfPage(name: string): void {
  if (nameOfPage() !== name) history.replaceState(history.state, '', withName(name));
}
