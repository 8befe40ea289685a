import { audio, button, controls, deviceSelect, invite } from './small.stories.ts';
import { chat, files, toasts } from './talk.stories.ts';
import { doctor, quality, record, recording, stats } from './measures.stories.ts';
import { grid, video } from './pictures.stories.ts';
import { lobby, room } from './room.stories.ts';
import { participants, verify } from './people.stories.ts';
import type { Stories, Story } from './stage.ts';

/** By tag. */
export const STORIES: Readonly<Record<string, Stories>> = {
  'rtc-room': room, 'rtc-lobby': lobby, 'rtc-grid': grid, 'rtc-video': video, 'rtc-controls': controls, 'rtc-button': button,
  'rtc-chat': chat, 'rtc-files': files, 'rtc-participants': participants, 'rtc-verify': verify, 'rtc-toasts': toasts,
  'rtc-device-select': deviceSelect, 'rtc-invite': invite, 'rtc-quality': quality, 'rtc-stats': stats, 'rtc-doctor': doctor,
  'rtc-record': record, 'rtc-recording': recording, 'rtc-audio': audio,
};

/** As addresses name them: `rtc-chat/several`. */
export const STORY_NAMES: readonly string[] = Object.entries(STORIES)
  .flatMap(([tag, stories]) => Object.keys(stories).map((state) => `${tag}/${state}`));

export function storyOf(name: string): Story | undefined {
  const [tag = '', state = ''] = name.split('/');
  return STORIES[tag]?.[state];
}
