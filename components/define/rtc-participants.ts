import { RtcParticipantsElement } from '../rtc-participants/rtc-participants.ts';
import { RtcVerifyElement } from '../rtc-verify/rtc-verify.ts';
import { define } from './define.ts';

define({ 'rtc-participants': RtcParticipantsElement, 'rtc-verify': RtcVerifyElement });

export type * from '../index.ts';
