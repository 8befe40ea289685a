import { RtcVerifyElement } from '../rtc-verify/rtc-verify.ts';
import { RtcVideoElement } from '../rtc-video/rtc-video.ts';
import { define } from './define.ts';

// Behind its badge is a way to find out who it is.
define({ 'rtc-video': RtcVideoElement, 'rtc-verify': RtcVerifyElement });

export type * from '../index.ts';
