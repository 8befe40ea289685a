/** What one far end is sent of a source: what its publisher wants at most, and what is seen of it there. Pure. */
import type { ShownSize } from '../protocol/shown.ts';
import type { AudioEncoding, VideoEncoding } from './encodings.ts';

/** What `setParameters` is to be given; `undefined`: no limit. */
export interface EncodingGoal {
  readonly active: boolean;
  readonly maxBitrate: number | undefined;
  readonly maxFramerate: number | undefined;
  readonly scaleResolutionDownBy: number | undefined;
  readonly priority: RTCPriorityType;
}

/** The shorter side of a picture is never sent smaller than this, if it is sent at all. */
const FLOOR_PX = 160;
/** Encoders restart at each change: these few, all of which divide common sizes evenly. */
const STEPS = [8, 6, 4, 3, 2, 1.5, 1] as const;
/** What a pixel is worth where the publisher names no bitrate, bits a second: 690 kbit/s for 640 x 360, 170 for 320 x 180. */
const PIXEL_BITRATE = 3;
/** Below it nobody is recognised. */
const MIN_BITRATE = 80_000;
/** Shown no larger than this (the shorter side) it is one of many: whether somebody moves is seen at this rate too. */
const THUMBNAIL_PX = 180;
const THUMBNAIL_FRAMERATE = 10;
/** What fewer pictures, less like each other, need of the bits. */
const THUMBNAIL_BITS = 0.75;

/** Sound is never adapted. */
export function audioGoal({ maxBitrate, priority = 'low' }: AudioEncoding): EncodingGoal {
  return { active: true, maxBitrate, maxFramerate: undefined, scaleResolutionDownBy: undefined, priority };
}

/**
 * Never more than the settings allow; less where it is shown smaller, and nothing where it is not seen.
 * @param picture as captured; absent where it is not known, and then not scaled
 */
export function videoGoal(settings: VideoEncoding, picture: ShownSize | undefined, shown: ShownSize): EncodingGoal {
  const { maxFramerate, priority = 'low', scaleResolutionDownBy: own = 1 } = settings;
  const seen = shown.width > 0 && shown.height > 0;
  const needed = picture && seen ? stepFor(picture, shown) : 1;
  const scale = Math.max(own, needed);
  const thumbnail = seen && Math.min(shown.width, shown.height) <= THUMBNAIL_PX;
  return {
    active: seen, priority, scaleResolutionDownBy: scale,
    maxFramerate: thumbnail ? Math.min(maxFramerate ?? Infinity, THUMBNAIL_FRAMERATE) : maxFramerate,
    maxBitrate: scale > own && picture
      ? bitrateFor(settings, picture, scale / own, thumbnail ? THUMBNAIL_BITS : 1) : settings.maxBitrate,
  };
}

/** The picture covers its tile (`object-fit: cover`), so that the side that is scaled less decides. */
function stepFor(picture: ShownSize, shown: ShownSize): number {
  const fits = Math.min(picture.width / shown.width, picture.height / shown.height);
  const most = Math.min(picture.width, picture.height) / FLOOR_PX;
  return STEPS.find((step) => step <= fits && step <= most) ?? 1;
}

/** As many bits as there are pixels left. @param scale beyond the publisher's own @param share of that */
function bitrateFor(settings: VideoEncoding, { width, height }: ShownSize, scale: number, share: number): number {
  const { maxBitrate, scaleResolutionDownBy: own = 1 } = settings;
  const whole = maxBitrate ?? PIXEL_BITRATE * width * height / own ** 2;
  return Math.min(whole, Math.max(MIN_BITRATE, Math.round(whole * share / scale ** 2)));
}
