/** One question to the browser for a device or a screen, with an answer in our codes. */
import { RoomError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { Encodings } from './encodings.ts';

export type CaptureSource = 'camera' | 'microphone' | 'screen';

export interface CaptureOptions {
  /** From `snapshot.devices`. Without one that which was chosen before, if it is there, else the browser's choice. */
  deviceId?: string;
  /** How it is sent, until it says otherwise; kept where there are none. */
  encodings?: Encodings;
}

const VOICE: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/**
 * @returns the live tracks: one for a camera or microphone; a picture and perhaps a sound for a screen.
 * @throws RoomError `insecure-context`, `permissions-policy`, `permission-denied`, `device-missing`, `device-busy`,
 *   `device-failed`.
 */
export async function capture(source: CaptureSource, { deviceId }: CaptureOptions): Promise<MediaStreamTrack[]> {
  // Absent, not failing, where the page is not served over https or from loopback (Media Capture 9.1).
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new RoomError('insecure-context', 'Browsers hide devices unless a page comes by https or from localhost.');
  const wanted = deviceId ? { deviceId: { exact: deviceId } } : {};
  let stream: MediaStream;
  try {
    stream = await {
      camera: () => devices.getUserMedia({ video: { width: { ideal: 1280 }, height: { ideal: 720 }, ...wanted } }),
      microphone: () => devices.getUserMedia({ audio: { ...VOICE, ...wanted } }),
      screen: () => devices.getDisplayMedia({ video: true, audio: true }),
    }[source]();
  } catch (error) {
    throw toCaptureError(source, error);
  }
  return stream.getTracks();
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  NotAllowedError: 'permission-denied',
  SecurityError: 'permission-denied',
  NotFoundError: 'device-missing',
  OverconstrainedError: 'device-missing',
  NotReadableError: 'device-busy',
  AbortError: 'device-busy',
};

function toCaptureError(source: CaptureSource, error: unknown): RoomError {
  const name = error instanceof Error ? error.name : '';
  const code = CODES[name] ?? 'device-failed';
  if (code === 'permission-denied' && !isAllowedByPolicy(source)) {
    return new RoomError('permissions-policy', `The page or its frame forbids it: allow="${FEATURES[source]}" is missing.`, { cause: error });
  }
  return new RoomError(code, `${source}: ${error instanceof Error ? error.message || name : String(error)}`, { cause: error });
}

const FEATURES = { camera: 'camera', microphone: 'microphone', screen: 'display-capture' } as const;

/** Chromium alone tells; elsewhere a refusal by policy looks like one by the person. */
function isAllowedByPolicy(source: CaptureSource): boolean {
  const policy = (document as { featurePolicy?: { allowsFeature(feature: string): boolean } }).featurePolicy;
  return policy?.allowsFeature(FEATURES[source]) ?? true;
}
