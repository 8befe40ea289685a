/** The SCTP stream that rtc.io gives a named channel: FNV-1a 32-bit over UTF-16 code units, mod 1023, plus 1 (0 is control). */
export function channelIdOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash ^= name.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return ((hash >>> 0) % MAX_CHANNEL_ID) + 1;
}

/** Chromium allows stream ids up to 1023. */
export const MAX_CHANNEL_ID = 1023;
export const CHANNEL_LABEL_PREFIX = 'rtcio:ch:';
