import type { ChatMessage } from '../../src/index.ts';
import type { Text } from '../internal/messages.ts';

/** All that was said, one line each (those of a message that has several are indented), for an editor. */
export function exportText(messages: readonly ChatMessage[], locale: string, text: Text): string {
  const clock = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' });
  return messages.map(({ name, text: said, time, toldBy, from }) => {
    const hearsay = toldBy && from === '' ? ` (${text('told-by', { name: toldBy.name || text('guest') })})` : '';
    return `[${clock.format(time)}] ${name || text('guest')}${hearsay}: ${said.replaceAll('\n', '\n    ')}\n`;
  }).join('');
}
