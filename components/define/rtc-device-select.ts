import { RtcDeviceSelectElement } from '../rtc-device-select/rtc-device-select.ts';
import { define } from './define.ts';

define({ 'rtc-device-select': RtcDeviceSelectElement });

export type * from '../index.ts';
