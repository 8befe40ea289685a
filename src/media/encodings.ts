/** How sound is encoded; everything may change during a call, without negotiation, unless it says otherwise. */
export interface AudioEncoding {
  /** Bits a second, at most. */
  readonly maxBitrate?: number;
  /** Among all that one connection sends. */
  readonly priority?: RTCPriorityType;
  /** MIME types or their second halves, the best first (`['opus']`): of what was negotiated, the first that is there is sent. */
  readonly codecs?: readonly string[];
}

export interface VideoEncoding extends AudioEncoding {
  /** Pictures a second, at most. */
  readonly maxFramerate?: number;
  /** 1 or more: 2 sends half the width and half the height. */
  readonly scaleResolutionDownBy?: number;
  /** What gives way where bandwidth or CPU do not suffice. */
  readonly degradationPreference?: RTCDegradationPreference;
  /** What the encoder should care for (W3C mst-content-hint). */
  readonly contentHint?: '' | 'motion' | 'detail' | 'text';
}

/** `motion`: films and people. `detail`: slides and code. `economy`: a small picture for many. */
export type VideoPreset = 'motion' | 'detail' | 'economy';
/** Of one publication; each far end may ask for less than this, never for more. */
export interface Encodings { readonly audio?: AudioEncoding; readonly video?: VideoEncoding | VideoPreset }

/** Presets spelled out. */
export interface ResolvedEncodings { readonly audio: AudioEncoding; readonly video: VideoEncoding }

const PRESETS: Readonly<Record<VideoPreset, VideoEncoding>> = {
  motion: { contentHint: 'motion', degradationPreference: 'maintain-framerate' },
  detail: { contentHint: 'detail', degradationPreference: 'maintain-resolution', maxFramerate: 15 },
  economy: { maxBitrate: 250_000, maxFramerate: 15, scaleResolutionDownBy: 2 },
};

/** @throws TypeError for what is no encoding. */
export function resolveEncodings({ audio = {}, video = {} }: Encodings): ResolvedEncodings {
  const resolved = typeof video === 'string' ? PRESETS[video] as VideoEncoding | undefined : video;
  if (!resolved) throw new TypeError(`Presets are ${Object.keys(PRESETS).join(', ')}.`);
  for (const { maxBitrate = 1, maxFramerate = 1, scaleResolutionDownBy = 1 } of [audio as VideoEncoding, resolved]) {
    const sensible = maxBitrate > 0 && maxFramerate > 0 && scaleResolutionDownBy >= 1
      && [maxBitrate, maxFramerate, scaleResolutionDownBy].every(Number.isFinite);
    if (!sensible) throw new TypeError('It must hold: maxBitrate > 0, maxFramerate > 0, scaleResolutionDownBy >= 1.');
  }
  return { audio, video: resolved };
}

/** All codecs of this browser, those that are named first. What repairs and carries them (rtx, red) keeps its place behind. */
export function preferredCodecs(kind: 'audio' | 'video', names: readonly string[]): RTCRtpCodec[] {
  const wanted = mimeTypes(kind, names);
  const rank = ({ mimeType }: RTCRtpCodec) => (wanted.indexOf(mimeType.toLowerCase()) + wanted.length + 1) % (wanted.length + 1);
  return [...RTCRtpReceiver.getCapabilities(kind)?.codecs ?? []].sort((one, other) => rank(one) - rank(other));
}

/** `VP9` and `video/VP9` -> `video/vp9`. */
export function mimeTypes(kind: 'audio' | 'video', names: readonly string[]): string[] {
  return names.map((name) => (name.includes('/') ? name : `${kind}/${name}`).toLowerCase());
}
