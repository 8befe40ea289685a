/** `rtc-elements/define`: every tag, `<rtc-room>` first. Types come along, so that a page's own code knows the tags. */
import './rtc-room.ts';
import './rtc-video.ts';
import './rtc-audio.ts';
import './rtc-controls.ts';
import './rtc-grid.ts';
import './rtc-chat.ts';
import './rtc-files.ts';
import './rtc-toasts.ts';
import './rtc-device-select.ts';
import './rtc-doctor.ts';
import './rtc-invite.ts';
import './rtc-button.ts';
import './rtc-participants.ts';
import './rtc-quality.ts';
import './rtc-stats.ts';
import './rtc-record.ts';
import './rtc-recording.ts';

export type * from '../index.ts';
