const SIGNATURES: readonly (readonly [type: string, ...bytes: (number | undefined)[]])[] = [
  ['image/png', 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  ['image/jpeg', 0xff, 0xd8, 0xff],
  ['image/gif', 0x47, 0x49, 0x46, 0x38],
  ['image/webp', 0x52, 0x49, 0x46, 0x46, undefined, undefined, undefined, undefined, 0x57, 0x45, 0x42, 0x50],
];
/** A larger picture is a file like others: to decode it would stop the page. */
const MAX_BYTES = 20_000_000;

/** What a file is by its bytes, whatever its name and sender say; only what a browser shows without running anything of it. */
export async function pictureType(blob: Blob): Promise<string | undefined> {
  if (blob.size > MAX_BYTES) return undefined;
  const bytes = new Uint8Array(await blob.slice(0, 12).arrayBuffer());
  return SIGNATURES.find(([, ...signature]) => signature.every((byte, i) => byte === undefined || byte === bytes[i]))?.[0];
}
