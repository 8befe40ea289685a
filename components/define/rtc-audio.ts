import { RtcAudioElement } from '../rtc-audio/rtc-audio.ts';
import { define } from './define.ts';

define({ 'rtc-audio': RtcAudioElement });

export type * from '../index.ts';
