import { plainName } from '../internal/name-labels.ts';
import type { RoomSnapshot } from '../../src/index.ts';
import type { ElementLanguage } from '../internal/element-language.ts';
import type { NameLabel } from '../internal/name-labels.ts';

const MOST = 3;

/** Who writes, as a sentence; empty where nobody does. Seen, and not read out: it would talk over everything. */
export function typingNames(
  typing: RoomSnapshot['typing'], labelOf: (id: string) => NameLabel, { text, locale }: ElementLanguage,
): string {
  if (typing.length === 0) return '';
  const names = typing.slice(0, MOST).map((id) => plainName(labelOf(id)));
  return text('typing', { names: new Intl.ListFormat(locale).format(typing.length > MOST ? [...names, '…'] : names) });
}
