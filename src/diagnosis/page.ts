import { within } from '../shared/scope.ts';
import type { Finding, Tell } from './finding.ts';

/** A page that is not in front may have to wait for the list until it is (Media Capture 9.2.1). */
const LIST_MS = 1000;

const DEVICES = { microphone: 'audioinput', camera: 'videoinput' } as const;

/** The policy of Chromium's document, which no other browser shows (Permissions Policy 10, not in TypeScript). */
interface PolicyDocument { readonly featurePolicy?: { allowsFeature(name: string): boolean } }

/**
 * What the page and the machine bring. Nobody is prompted, nothing is captured.
 * @returns whether there can be connections at all
 */
export async function checkPage(tell: Tell): Promise<boolean> {
  const hasWebRtc = 'RTCPeerConnection' in globalThis;
  tell(isSecureContext ? { check: 'secure', state: 'good' } : { check: 'secure', state: 'bad', code: 'insecure-context' });
  tell(hasWebRtc ? { check: 'webrtc', state: 'good' } : { check: 'webrtc', state: 'bad', code: 'unsupported' });
  tell(checkPolicy((document as PolicyDocument).featurePolicy));
  for (const device of ['microphone', 'camera'] as const) tell(await checkDevice(device));
  return hasWebRtc;
}

function checkPolicy(policy: PolicyDocument['featurePolicy']): Finding {
  if (!policy) return { check: 'policy', state: 'unknown', code: 'policy-unknown' };
  const isAllowed = Object.keys(DEVICES).every((name) => policy.allowsFeature(name));
  return isAllowed ? { check: 'policy', state: 'good' } : { check: 'policy', state: 'bad', code: 'permissions-policy' };
}

/** One can join without: what is wrong with a device is no more than a warning. */
async function checkDevice(check: keyof typeof DEVICES): Promise<Finding> {
  const { mediaDevices, permissions } = navigator as Partial<Navigator>;
  if (!mediaDevices) return { check, state: 'unknown', code: 'not-run' };
  const devices = await within(AbortSignal.timeout(LIST_MS), mediaDevices.enumerateDevices()).catch(() => undefined);
  if (!devices) return { check, state: 'unknown', code: 'not-run' };
  if (!devices.some(({ kind }) => kind === DEVICES[check])) return { check, state: 'warning', code: 'device-missing' };
  // A browser that does not know the name rejects (Permissions 6.2).
  const permission = await permissions?.query({ name: check }).catch(() => undefined);
  if (permission?.state === 'denied') return { check, state: 'warning', code: 'permission-denied' };
  return { check, state: 'good', ...(permission?.state !== 'granted' && { code: 'permission-ask' }) };
}
