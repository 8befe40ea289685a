import { RtcFilesElement } from '../rtc-files/rtc-files.ts';
import { define } from './define.ts';

define({ 'rtc-files': RtcFilesElement });

export type * from '../index.ts';
