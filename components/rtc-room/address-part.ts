/**
 * `a=1&b`, as it stands behind `?` or `#`, with `key` in it. What else stands there stays as it is, letter by letter: it is the
 * page's own, `#chapter` or `#/rooms/5?tab=chat`.
 */
export function withPart(text: string, key: string, value: string): string {
  const others = text.split('&').filter((part) => part && !new URLSearchParams(part).has(key));
  return [...others, `${key}=${encodeURIComponent(value)}`].join('&');
}
