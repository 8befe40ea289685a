import { RtcRecordingElement } from '../rtc-recording/rtc-recording.ts';
import { define } from './define.ts';

define({ 'rtc-recording': RtcRecordingElement });

export type * from '../index.ts';
