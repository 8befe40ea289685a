import { RtcLobbyElement } from '../rtc-lobby/rtc-lobby.ts';
import { RtcVideoElement } from '../rtc-video/rtc-video.ts';
import { define } from './define.ts';

define({ 'rtc-lobby': RtcLobbyElement, 'rtc-video': RtcVideoElement });

export type * from '../index.ts';
