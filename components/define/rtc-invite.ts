import { RtcInviteElement } from '../rtc-invite/rtc-invite.ts';
import { define } from './define.ts';

define({ 'rtc-invite': RtcInviteElement });

export type * from '../index.ts';
