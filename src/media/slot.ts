import type { MediaKind, Publication } from './publication.ts';

/** One m-line of ours and what it sends. */
export interface Slot { publication: Publication; kind: MediaKind; transceiver: RTCRtpTransceiver }
