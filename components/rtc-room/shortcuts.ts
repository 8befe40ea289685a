/** What keys do within the room; loaded with the first that is pressed there. */
import { isComposing } from '../internal/composing.ts';
import { people } from '../internal/english-people.ts';
import { shortcutWords } from '../internal/english-shortcuts.ts';
import { addMessages } from '../internal/messages.ts';
import { isJoined } from '../internal/room-button.ts';
import { RoomRequestEvent } from '../internal/room-request.ts';
import { COMMANDS } from './commands.ts';
import { holdToTalk } from './hold-to-talk.ts';
import { hasOwnKeys, isPressedBySpace, keyOf, shortcutsOf } from './shortcut-keys.ts';
import type { RoomSnapshot } from '../../src/index.ts';
import type { MessageKey } from '../internal/messages.ts';
import type { RoomHost } from '../internal/room-request.ts';
import type { Shortcut } from './shortcut-keys.ts';

addMessages(shortcutWords);
addMessages(people);

/** A switch thrown later than this surprises whoever has thrown it by hand meanwhile. */
const LATE_MS = 1000;

type Hear = (event: KeyboardEvent, path: readonly EventTarget[]) => boolean;

/** @returns what hears them, for the one that was pressed before this was there */
export function hearShortcuts(host: RoomHost, say: (words: string) => void, signal: AbortSignal): Hear {
  const tell = (key: MessageKey | undefined) => { if (key) say(host.speech.text(key)); };
  const act = async ({ command, label }: Shortcut) => {
    const action = COMMANDS.get(command);
    if (!action) return;
    const request = new RoomRequestEvent(action);
    host.dispatchEvent(request);
    if (await request.outcome) tell(turnOf(label, host.room.snapshot));
  };
  const hear: Hear = (event, path) => {
    const shortcut = shortcutsOf(host).find(({ key }) => key === keyOf(event));
    if (!shortcut || event.repeat || !isForRoom(host, event, path)) return false;
    event.preventDefault(); // Else the letter is written into what gets the focus by it.
    void act(shortcut);
    return true;
  };
  const talk = holdToTalk(host, tell, signal);
  host.addEventListener('keydown', (event) => {
    const path = event.composedPath();
    if (!hear(event, path) && event.key === ' ' && isForRoom(host, event, path) && !isPressedBySpace(path, host)) talk(event);
  }, { signal });
  return (event, path) => performance.now() - event.timeStamp < LATE_MS && hear(event, path);
}

/** Pressed in the call, for nothing else (WCAG 2.2, 2.1.4: single letters act where the focus is, and can be switched off). */
function isForRoom(host: RoomHost, event: KeyboardEvent, path: readonly EventTarget[]): boolean {
  const isWithModifier = event.ctrlKey || event.altKey || event.metaKey || event.getModifierState('AltGraph');
  return !isWithModifier && !event.defaultPrevented && !isComposing(event)
    && !host.noShortcuts && isJoined(host.room.snapshot.state) && !hasOwnKeys(path, host);
}

/** What became of it; a panel says so itself, by the focus that goes there. */
function turnOf(label: MessageKey, { local }: RoomSnapshot): MessageKey | undefined {
  switch (label) {
    case 'microphone': case 'camera': return `${label}-${local[label].state === 'on' ? 'on' : 'off'}`;
    case 'screen': return local.screen.state === 'on' ? 'said:screen-on' : 'said:screen-off';
    case 'hand': return local.hand === undefined ? 'hand-down' : 'hand-up';
    default: return undefined;
  }
}
