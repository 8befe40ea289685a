import { RtcStatsElement } from '../rtc-stats/rtc-stats.ts';
import { define } from './define.ts';

define({ 'rtc-stats': RtcStatsElement });

export type * from '../index.ts';
