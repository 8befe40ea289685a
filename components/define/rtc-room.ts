import { RtcAudioElement } from '../rtc-audio/rtc-audio.ts';
import { RtcControlsElement } from '../rtc-controls/rtc-controls.ts';
import { RtcLobbyElement } from '../rtc-lobby/rtc-lobby.ts';
import { RtcRoomElement } from '../rtc-room/rtc-room.ts';
import { RtcVerifyElement } from '../rtc-verify/rtc-verify.ts';
import { RtcVideoElement } from '../rtc-video/rtc-video.ts';
import { define } from './define.ts';
import { defineLazily } from './lazy.ts';

// Before the first of them is upgraded, and makes a shadow that is to be watched.
defineLazily();

// The room first: it provides what the others look for. The others: its default interface is made of them.
define({
  'rtc-room': RtcRoomElement,
  'rtc-lobby': RtcLobbyElement,
  'rtc-video': RtcVideoElement,
  'rtc-verify': RtcVerifyElement,
  'rtc-audio': RtcAudioElement,
  'rtc-controls': RtcControlsElement,
});

export type * from '../index.ts';
