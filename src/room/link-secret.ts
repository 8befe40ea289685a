import { randomId } from '../shared/ids.ts';

/** For `linkSecret`: 128 random bits, 22 characters of base64url. It belongs behind the `#` of a link, and nowhere else. */
export function createLinkSecret(): string {
  return randomId(16);
}
