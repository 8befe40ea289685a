import { RtcQualityElement } from '../rtc-quality/rtc-quality.ts';
import { define } from './define.ts';

define({ 'rtc-quality': RtcQualityElement });

export type * from '../index.ts';
