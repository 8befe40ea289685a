import { MAX_CHANNEL_ID } from './channel-id.ts';
import { MAX_CHANNEL_NAME_CHARS } from './limits.ts';
import { parseCount } from './control.ts';
import { isPlainObject, isText } from './primitives.ts';
import type { Rate } from './token-bucket.ts';

/**
 * What the ends of a pair say of a named channel. `open: true` without `id`: I want it, and this is my wish number `wish`. With
 * `id`: I have created it on this stream, as you wished by that number. `open: false`: I closed it.
 *
 * Who counts says with each wish, and says the wish again when there is something to acknowledge, how many frames it has `got`
 * of the channel that you wished by number `of` (0: none yet). Who takes no more than a `rate` says so with each wish, too.
 */
export interface ChannelNotice { name: string; open: boolean; wish: number; id?: number; of?: number; got?: number; rate?: Rate }

function parseRate(value: unknown): Rate | undefined {
  const [perSecond = 0, burst = 0] = isPlainObject(value) ? [parseCount(value['perSecond']), parseCount(value['burst'])] : [];
  return perSecond > 0 && burst > 0 ? { perSecond, burst } : undefined;
}

export function parseChannelNotice([value]: readonly unknown[]): ChannelNotice | undefined {
  if (!isPlainObject(value)) return undefined;
  const { name, open, wish = 0, id } = value;
  if (!isText(name, MAX_CHANNEL_NAME_CHARS, 1) || typeof open !== 'boolean' || !Number.isSafeInteger(wish)) return undefined;
  if (id !== undefined && !(Number.isInteger(id) && (id as number) >= 1 && (id as number) <= MAX_CHANNEL_ID)) return undefined;
  const rate = parseRate(value['rate']);
  const [of, got] = [parseCount(value['of']), parseCount(value['got'])];
  return {
    name, open, wish: wish as number, ...(id !== undefined && { id: id as number }),
    ...(of !== undefined && got !== undefined && { of, got }), ...(rate && { rate }),
  };
}
