/** The secret in the address of the page, `#k=…`: a browser sends what stands behind the `#` to nobody. */
import { createLinkSecret } from '../../src/index.ts';
import { withPart } from './address-part.ts';

const KEY = 'k';

/** @returns `undefined` where the address has none */
export function secretOfPage(): string | undefined {
  return new URLSearchParams(location.hash.slice(1)).get(KEY) ?? undefined;
}

/** Puts a fresh one into the address where it has none, without a new entry in the history. */
export function ensureSecretOfPage(): void {
  if (secretOfPage() === undefined) history.replaceState(history.state, '', withSecret(createLinkSecret()));
}

/** The address of this page, or another one, with the secret. */
export function withSecret(secret: string, address = location.href): string {
  const url = new URL(address);
  url.hash = withPart(url.hash.slice(1), KEY, secret);
  return url.href;
}
