/** Everything about one's own devices: what is loaded with the first question about one. */
export { LocalMedia } from './local-media.ts';
export { listDevices, onDevicesChanged } from './devices.ts';
