import { INTERNAL_PREFIX } from '../protocol/reserved.ts';

/** The channel between two over which files are offered and sent. No app can open it. */
export const FILES_CHANNEL = `${INTERNAL_PREFIX}files`;
