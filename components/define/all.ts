/** `rtc-elements/define`: every tag, `<rtc-room>` first. */
import './rtc-room.ts';
import './rtc-participants.ts';
