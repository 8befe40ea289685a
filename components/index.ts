/** `rtc-elements`: the classes, their events, and the engine. Nothing is defined by importing it. */
export * from './essentials.ts';
export { RtcChatElement } from './rtc-chat/rtc-chat.ts';
export { RtcFilesElement } from './rtc-files/rtc-files.ts';
export { RtcToastsElement } from './rtc-toasts/rtc-toasts.ts';
export { RtcDoctorElement } from './rtc-doctor/rtc-doctor.ts';
export { RtcInviteElement } from './rtc-invite/rtc-invite.ts';
export { RtcButtonElement } from './rtc-button/rtc-button.ts';
export { RtcParticipantsElement } from './rtc-participants/rtc-participants.ts';
export { RtcQualityElement } from './rtc-quality/rtc-quality.ts';
export { RtcStatsElement } from './rtc-stats/rtc-stats.ts';
export { RtcDeviceSelectElement } from './rtc-device-select/rtc-device-select.ts';
export { RtcGridElement } from './rtc-grid/rtc-grid.ts';
