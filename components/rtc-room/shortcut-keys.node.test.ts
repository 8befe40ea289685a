import assert from 'node:assert/strict';
import { it } from 'node:test';
import { COMMANDS } from './commands.ts';
import { keyOf, SHORTCUTS } from './shortcut-keys.ts';

it('each shortcut has a key of its own, and a command that there is', () => {
  assert.equal(new Set(SHORTCUTS.map(({ key }) => key)).size, SHORTCUTS.length);
  assert.deepEqual(SHORTCUTS.filter(({ command }) => !COMMANDS.has(command)), []);
});

/** What the key writes, where it is (UI Events, code values), with Shift, what it means. */
const CASES: readonly (readonly [layout: string, key: string, code: string, isShift: boolean, means: string])[] = [
  ['US', 'm', 'KeyM', false, 'm'],
  ['Caps Lock', 'M', 'KeyM', false, 'm'],
  ['French', 'm', 'Semicolon', false, 'm'],
  ['French', ',', 'KeyM', false, ','],
  ['Dvorak', 'm', 'KeyM', false, 'm'],
  ['Dvorak', 'k', 'KeyV', false, 'k'],
  ['BÉPO', 'è', 'KeyT', false, 'è'],
  ['Russian', 'ь', 'KeyM', false, 'm'],
  ['Russian', 'З', 'KeyP', true, 'p'],
  ['Arabic', 'ؤ', 'KeyC', false, 'c'],
  ['Japanese, kana', 'も', 'KeyM', false, 'm'],
  ['US', '?', 'Slash', true, '?'],
  ['German', '?', 'Minus', true, '?'],
  ['Arabic', '؟', 'Slash', true, '?'],
  ['Arabic', 'ظ', 'Slash', false, 'ظ'],
  ['any', 'Escape', 'Escape', false, 'escape'],
  ['any', 'Dead', 'KeyM', false, 'dead'],
];

for (const [layout, key, code, shiftKey, means] of CASES) {
  it(`${key} of ${code} means ${means}: ${layout}`, () => { assert.equal(keyOf({ key, code, shiftKey }), means); });
}
