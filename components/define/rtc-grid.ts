import { RtcGridElement } from '../rtc-grid/rtc-grid.ts';
import { RtcVideoElement } from '../rtc-video/rtc-video.ts';
import { define } from './define.ts';

define({ 'rtc-grid': RtcGridElement, 'rtc-video': RtcVideoElement });

export type * from '../index.ts';
