import { MAX_CHANNEL_ID } from './channel-id.ts';
import { MAX_CHANNEL_NAME_CHARS } from './limits.ts';
import { isPlainObject, isText } from './primitives.ts';

/**
 * What the ends of a pair say of a named channel. `open: true` without `id`: I want it, and this is my wish number `wish`. With
 * `id`: I have created it on this stream, as you wished by that number. `open: false`: I closed it.
 */
export interface ChannelNotice { name: string; open: boolean; wish: number; id?: number }

export function parseChannelNotice([value]: readonly unknown[]): ChannelNotice | undefined {
  if (!isPlainObject(value)) return undefined;
  const { name, open, wish = 0, id } = value;
  if (!isText(name, MAX_CHANNEL_NAME_CHARS, 1) || typeof open !== 'boolean' || !Number.isSafeInteger(wish)) return undefined;
  if (id !== undefined && !(Number.isInteger(id) && (id as number) >= 1 && (id as number) <= MAX_CHANNEL_ID)) return undefined;
  return { name, open, wish: wish as number, ...(id !== undefined && { id: id as number }) };
}
