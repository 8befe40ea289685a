/** Where a binary value stands (keys, from the arguments on), what it is, and a copy of it. */
export interface Placed { readonly path: readonly string[]; readonly type: string; readonly data: Blob | ArrayBuffer }

export function isBinary(value: unknown): value is ArrayBuffer | ArrayBufferView | Blob {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value) || value instanceof Blob;
}

/** @param seen objects that were looked into: an object may hold itself, which is refused elsewhere */
export function holdsBinary(value: unknown, seen?: Set<unknown>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isBinary(value)) return true;
  if (seen?.has(value)) return false;
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null && holdsBinary(inner, (seen ??= new Set()).add(value))) return true;
  }
  return false;
}
