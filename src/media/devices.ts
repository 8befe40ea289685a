/** What can be chosen from. */
export interface DeviceView { readonly deviceId: string; readonly label: string; readonly kind: MediaDeviceKind }

/**
 * @returns an empty list where the browser hides devices (insecure context). Settles once the page is in front
 *   (Media Capture 9.2.1; Chromium does not wait).
 */
export async function listDevices(): Promise<readonly DeviceView[]> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const list = await devices?.enumerateDevices().catch(() => []) ?? [];
  return list.map(({ deviceId, label, kind }) => Object.freeze({ deviceId, label, kind }));
}

export function onDevicesChanged(listener: () => void, scope: AbortSignal): void {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  devices?.addEventListener('devicechange', listener, { signal: scope });
}
