import { RtcToastsElement } from '../rtc-toasts/rtc-toasts.ts';
import { define } from './define.ts';

define({ 'rtc-toasts': RtcToastsElement });

export type * from '../index.ts';
