import { RtcLobbyElement } from '../rtc-lobby/rtc-lobby.ts';
import { RtcRoomElement } from '../rtc-room/rtc-room.ts';
import { define } from './define.ts';
import { defineLazily } from './lazy.ts';

// Before the first of them is upgraded, and makes a shadow that is to be watched.
defineLazily();

// The room first: it provides what the others look for.
define({
  'rtc-room': RtcRoomElement,
  'rtc-lobby': RtcLobbyElement,
});

export type * from '../index.ts';
