import { MAX_SOURCE_CHARS } from './limits.ts';
import { INTERNAL_PREFIX } from './reserved.ts';
import { isPlainObject, isText } from './primitives.ts';

export const SHOWN = `${INTERNAL_PREFIX}shown`;
/** Of the hello: this end adapts what it sends to what the far end shows. */
export const SHOWN_FEATURE = 'shown';

/** In device pixels; 0 x 0 is not seen at all. */
export interface ShownSize { readonly width: number; readonly height: number }
/** How large a source of the receiver's is shown here. What is not in the list is wanted as it is. */
export interface ShownSource extends ShownSize { readonly source: string }

const MAX_SOURCES = 64;
const MAX_PX = 16_384;
const STEP_PX = 16;

const isPixels = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MAX_PX;

/** The whole list travels each time. @returns `undefined` for anything else than one. */
export function parseShown([list]: readonly unknown[]): ShownSource[] | undefined {
  if (!Array.isArray(list) || list.length > MAX_SOURCES) return undefined;
  const shown: ShownSource[] = [];
  for (const item of list as unknown[]) {
    if (!isPlainObject(item)) return undefined;
    const { source, width, height } = item;
    if (!isText(source, MAX_SOURCE_CHARS, 1) || !isPixels(width) || !isPixels(height)) return undefined;
    shown.push({ source, width, height });
  }
  return shown;
}

/** What is put into such a list: whole steps, so that not each pixel of a drag is a word, and never beyond what is parsed. */
export function toPixels(length: number): number {
  return Math.min(MAX_PX, Math.max(0, Math.ceil(length / STEP_PX) * STEP_PX || 0));
}
