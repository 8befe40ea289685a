/** What every call shows: one chunk, on its way while the lobby is painted. */
import './rtc-video.ts';
import './rtc-audio.ts';
import './rtc-grid.ts';
import './rtc-controls.ts';
