import { RtcAudioElement } from '../rtc-audio/rtc-audio.ts';
import { RtcChatElement } from '../rtc-chat/rtc-chat.ts';
import { RtcControlsElement } from '../rtc-controls/rtc-controls.ts';
import { RtcGridElement } from '../rtc-grid/rtc-grid.ts';
import { RtcLobbyElement } from '../rtc-lobby/rtc-lobby.ts';
import { RtcRoomElement } from '../rtc-room/rtc-room.ts';
import { RtcVerifyElement } from '../rtc-verify/rtc-verify.ts';
import { RtcVideoElement } from '../rtc-video/rtc-video.ts';
import { define } from './define.ts';

// The room first: it provides what the others look for. The others: its default interface is made of them.
define({
  'rtc-room': RtcRoomElement,
  'rtc-lobby': RtcLobbyElement,
  'rtc-grid': RtcGridElement,
  'rtc-video': RtcVideoElement,
  'rtc-verify': RtcVerifyElement,
  'rtc-audio': RtcAudioElement,
  'rtc-controls': RtcControlsElement,
  'rtc-chat': RtcChatElement,
});
