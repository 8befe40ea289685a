import { RtcVideoElement } from '../rtc-video/rtc-video.ts';
import { define } from './define.ts';

define({ 'rtc-video': RtcVideoElement });
