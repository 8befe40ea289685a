/** Bytes as the identity protocols write them (docs/identity.md). */

const UTF8 = new TextEncoder();

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return UTF8.encode(text);
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** LP(s): the length of the UTF-8 text in two bytes, big-endian, then the text. @throws RangeError beyond 65,535 bytes. */
export function lengthPrefixed(text: string): Uint8Array<ArrayBuffer> {
  const bytes = utf8(text);
  if (bytes.length > 0xffff) throw new RangeError('Too long for a length of two bytes.');
  return concat(Uint8Array.of(bytes.length >> 8, bytes.length & 0xff), bytes);
}

/** @returns `undefined` for anything that is not base64url without padding (RFC 4648 section 5) in its one canonical form. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  // The last character may carry bits that no byte takes: two texts would say the same.
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') === text ? bytes : undefined;
}
