/** The secret in the address of the page, `#k=…`: a browser sends what stands behind the `#` to nobody. */
import { createLinkSecret } from '../../src/index.ts';

const KEY = 'k';

/** @returns `undefined` where the address has none */
export function secretOfPage(): string | undefined {
  return fragment().get(KEY) ?? undefined;
}

/** Puts a fresh one into the address where it has none, without a new entry in the history. */
export function ensureSecretOfPage(): void {
  if (secretOfPage() === undefined) history.replaceState(history.state, '', withSecret(createLinkSecret()));
}

/** The address of this page, or another one, with the secret. */
export function withSecret(secret: string, address = location.href): string {
  const url = new URL(address);
  const parts = fragment();
  parts.set(KEY, secret);
  url.hash = parts.toString();
  return url.href;
}

/** `#chapter` and `#a=1&b=2` alike: what stands there stays. */
function fragment(): URLSearchParams {
  return new URLSearchParams(location.hash.slice(1));
}
