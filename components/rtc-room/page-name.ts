/** The room's name in the address of the page, `?room=…`. */
const KEY = 'room';

/** @returns `undefined` where the address has none */
export function nameOfPage(): string | undefined {
  return new URL(location.href).searchParams.get(KEY) || undefined;
}

/** The address of this page, with the name; what else stands there stays as it is, letter by letter. */
export function withName(name: string): string {
  if (nameOfPage() === name) return location.href;
  const url = new URL(location.href);
  const others = url.search.slice(1).split('&').filter((part) => part && !new URLSearchParams(part).has(KEY));
  url.search = [...others, `${KEY}=${encodeURIComponent(name)}`].join('&');
  return url.href;
}

/** Without a new entry in the history. */
export function putNameOfPage(name: string): void {
  if (nameOfPage() !== name) history.replaceState(history.state, '', withName(name));
}
