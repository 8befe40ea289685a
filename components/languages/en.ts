/** English, whole. It is spoken in parts, each of which comes with what says it. */
import { english } from '../internal/english.ts';
import { announcing } from '../internal/english-announcing.ts';
import { callFailures } from '../internal/english-call-failures.ts';
import { deviceWords } from '../internal/english-devices.ts';
import { inviting } from '../internal/english-inviting.ts';
import { onDemand } from '../internal/english-on-demand.ts';
import { people } from '../internal/english-people.ts';
import { qualityWords } from '../internal/english-quality.ts';
import { shortcutWords } from '../internal/english-shortcuts.ts';
import { talking } from '../internal/english-talking.ts';
import { verifying } from '../internal/english-verifying.ts';

export const messages = {
  ...english, ...announcing, ...deviceWords, ...callFailures, ...inviting, ...talking, ...verifying, ...people, ...qualityWords,
  ...shortcutWords, ...onDemand,
};
