import { RtcControlsElement } from '../rtc-controls/rtc-controls.ts';
import { define } from './define.ts';

define({ 'rtc-controls': RtcControlsElement });

export type * from '../index.ts';
