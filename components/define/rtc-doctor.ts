import { RtcDoctorElement } from '../rtc-doctor/rtc-doctor.ts';
import { define } from './define.ts';

define({ 'rtc-doctor': RtcDoctorElement });

export type * from '../index.ts';
