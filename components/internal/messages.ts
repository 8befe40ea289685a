/** Every sentence a person may read. Another language is another object of the same keys. */
import { english } from './english.ts';

export type MessageKey = keyof typeof english;
export type Messages = Readonly<Record<MessageKey, string>>;

let messages: Messages = english;

/** Elements that are in a document, and so have sentences to change. */
export const messageReaders = new Set<{ requestUpdate(): void }>();

/** Replaces some sentences, or all of them; everything on show changes with it. `{name}` in a sentence stands for a value. */
export function setMessages(overrides: Partial<Messages>): void {
  messages = { ...messages, ...overrides };
  for (const element of messageReaders) element.requestUpdate();
}

export function text(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  return messages[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The person's sentence for an error's code. */
export function errorText(code: string): string {
  const key = `error:${code}`;
  return key in messages ? messages[key as MessageKey] : text('error:internal');
}
