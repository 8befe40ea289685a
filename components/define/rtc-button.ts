import { RtcButtonElement } from '../rtc-button/rtc-button.ts';
import { define } from './define.ts';

define({ 'rtc-button': RtcButtonElement });

export type * from '../index.ts';
