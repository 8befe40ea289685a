import { RtcVerifyElement } from '../rtc-verify/rtc-verify.ts';
import { define } from './define.ts';

define({ 'rtc-verify': RtcVerifyElement });

export type * from '../index.ts';
