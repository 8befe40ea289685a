import { canShareScreen } from '../internal/room-button.ts';
import { isArranged } from './default-interface.ts';
import type { MessageKey } from '../internal/messages.ts';

export interface Shortcut {
  /** As `KeyboardEvent.key` writes it, in lower case. */
  readonly key: string;
  /** Of `<rtc-room>`. */
  readonly command: string;
  /** What the button is called that does the same. */
  readonly label: MessageKey;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { key: 'm', command: '--toggle-microphone', label: 'microphone' },
  { key: 'v', command: '--toggle-camera', label: 'camera' },
  { key: 's', command: '--toggle-screen', label: 'screen' },
  { key: 'h', command: '--raise-hand', label: 'hand' },
  { key: 'c', command: '--toggle-chat', label: 'chat' },
  { key: 'p', command: '--toggle-participants', label: 'participants' },
  { key: '?', command: '--show-shortcuts', label: 'shortcuts' },
];

/** Typed into, or with keys of their own. */
const NO_TEXT = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];
const OWN_KEYS = `input${NO_TEXT.map((type) => `:not([type=${type}])`).join('')}, textarea, select, [contenteditable], dialog, ${
  ['alertdialog', 'application', 'combobox', 'dialog', 'listbox', 'menu', 'menubar', 'searchbox', 'textbox', 'tree']
    .map((role) => `[role=${role}]`).join(', ')}, :is(audio, video)[controls]`;
/** What Space presses. */
const PRESSED = 'button, input, summary, audio, video, [role=button], [role=checkbox], [role=radio], [role=switch], [role=tab]';

/** Those that do something in a room: there may be no screens to share, and no panels. */
export function shortcutsOf(room: Element): readonly Shortcut[] {
  const missing = [...(canShareScreen() ? [] : ['screen']), ...(isArranged(room) ? ['chat', 'participants'] : [])];
  return SHORTCUTS.filter(({ label }) => !missing.includes(label));
}

/** What a key means on any layout: the letter it writes, and where that is of another script, the one printed beside it. */
export function keyOf({ key, code, shiftKey }: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>): string {
  if (key.length !== 1 || /[\p{ASCII}\p{Script=Latin}]/u.test(key)) return key.toLowerCase();
  if (code === 'Slash' && shiftKey) return '?';
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? key;
}

/** @param path - From what has the focus upwards, as `composedPath()` has it. @param room - Where the path matters no more. */
export function hasOwnKeys(path: readonly EventTarget[], room: EventTarget): boolean {
  return isAnyOf(OWN_KEYS, path, room);
}

export function isPressedBySpace(path: readonly EventTarget[], room: EventTarget): boolean {
  return isAnyOf(PRESSED, path, room);
}

function isAnyOf(selector: string, path: readonly EventTarget[], room: EventTarget): boolean {
  return path.slice(0, path.indexOf(room)).some((node) => node instanceof Element && node.matches(selector));
}
