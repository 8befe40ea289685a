/** A link as a QR code (ISO/IEC 18004), made here: nobody is asked, nothing leaves the page. */
import { encodeQR } from 'qr';

/** `path` draws the dark modules, one unit each, in a square of `size` units with the quiet margin that readers need. */
export interface QrCode { readonly size: number; readonly path: string }

const MARGIN = 4;
/** Of the largest code there is, with its error correction at 15 %. */
const MAX_BYTES = 2331;

/** @returns `undefined` for a text that is too long. */
export function makeQrCode(text: string): QrCode | undefined {
  if (new TextEncoder().encode(text).length > MAX_BYTES) return undefined;
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: MARGIN });
  return { size: rows.length, path: rows.map(drawRow).join('') };
}

function drawRow(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x++) {
    const start = x;
    while (row[x]) x++;
    if (x > start) path += `M${start} ${y}h${x - start}v1H${start}z`;
  }
  return path;
}
