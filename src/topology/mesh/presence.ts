/** What a newcomer tells the others through the relay, before any connection: how many m-lines it would like to fill. */
import { MAX_SDP_MEDIA_SECTIONS } from '../../protocol/limits.ts';
import { parseJson } from '../../protocol/json.ts';
import { isPlainObject } from '../../protocol/primitives.ts';
import type { MediaCounts } from '../../media/sender-sync.ts';

export function encodePresence(counts: MediaCounts): string {
  return JSON.stringify(counts);
}

/** Anything else than two small numbers counts as nothing: it only costs a second negotiation. */
export function parsePresence(presence: string | undefined): MediaCounts {
  const value = parseJson(presence ?? '');
  const plain = isPlainObject(value) ? value : {};
  const count = (number: unknown) => typeof number === 'number' && Number.isInteger(number)
    ? Math.min(Math.max(number, 0), MAX_SDP_MEDIA_SECTIONS / 4) : 0;
  return { audio: count(plain['audio']), video: count(plain['video']) };
}
