import assert from 'node:assert/strict';
import { it } from 'node:test';
import { talking } from '../internal/english-talking.ts';
import { addMessages, say } from '../internal/messages.ts';
import { exportText } from './export-text.ts';
import type { ChatMessage } from '../../src/index.ts';

addMessages(talking);

it('exportText writes all that was said, and says what is only told', () => {
  const time = new Date(2026, 0, 2, 15, 4).getTime();
  const line = (more: Partial<ChatMessage>): ChatMessage => ({ id: '1', from: 'a', name: 'Ada', own: false, text: 'hi', time, ...more });
  const text = exportText([
    line({}), line({ text: 'two\nlines', own: true, name: '' }), line({ from: '', toldBy: { id: 'b', name: 'Bo' } }),
    line({ toldBy: { id: 'a', name: 'Ada' } }),
  ], 'en-GB', (key, values) => say({ language: 'en', locale: 'en' }, key, values));
  assert.equal(text, [
    '[02/01/2026, 15:04] Ada: hi', '[02/01/2026, 15:04] Guest: two', '    lines', '[02/01/2026, 15:04] Ada (told by Bo): hi',
    '[02/01/2026, 15:04] Ada: hi', '',
  ].join('\n'));
});
