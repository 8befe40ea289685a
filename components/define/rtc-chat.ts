import { RtcChatElement } from '../rtc-chat/rtc-chat.ts';
import { define } from './define.ts';

define({ 'rtc-chat': RtcChatElement });

export type * from '../index.ts';
