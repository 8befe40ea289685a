import { RtcRecordElement } from '../rtc-record/rtc-record.ts';
import { define } from './define.ts';

define({ 'rtc-record': RtcRecordElement });

export type * from '../index.ts';
