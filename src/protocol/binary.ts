import { MAX_SENT_DEPTH } from './json.ts';

/** Where a binary value stands (keys, from the arguments on), what it is, and a copy of it. */
export interface Placed { readonly path: readonly string[]; readonly type: string; readonly data: Blob | ArrayBuffer }

export function isBinary(value: unknown): value is ArrayBuffer | ArrayBufferView | Blob {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value) || value instanceof Blob;
}

/**
 * @param depth what is deeper than JSON may be is refused elsewhere
 * @param seen objects that were looked into: an object may hold itself, which is refused elsewhere, too
 */
export function holdsBinary(value: unknown, depth = 0, seen?: Set<unknown>): boolean {
  if (typeof value !== 'object' || value === null || depth > MAX_SENT_DEPTH) return false;
  if (isBinary(value)) return true;
  if (seen?.has(value)) return false;
  for (const inner of Object.values(value)) {
    const isObject = typeof inner === 'object' && inner !== null;
    if (isObject && holdsBinary(inner, depth + 1, (seen ??= new Set()).add(value))) return true;
  }
  return false;
}
