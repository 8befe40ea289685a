/** Every sentence a person may read. Another language is another object of the same keys. */
import { english } from './english.ts';
import type { verifying } from './english-verifying.ts';

export type MessageKey = keyof typeof english | keyof typeof verifying;
export type Messages = Readonly<Record<MessageKey, string>>;

let messages: Partial<Messages> & Readonly<Record<keyof typeof english, string>> = english;

/** Elements that are in a document, and so have sentences to change. */
export const messageReaders = new Set<{ requestUpdate(): void }>();

/** Replaces some sentences, or all of them; everything on show changes with it. `{name}` in a sentence stands for a value. */
export function setMessages(overrides: Partial<Messages>): void {
  messages = { ...messages, ...overrides };
  for (const element of messageReaders) element.requestUpdate();
}

/** Sentences that are loaded with what shows them; what was replaced before stays so. */
export function addMessages(more: Partial<Messages>): void {
  messages = { ...more, ...messages };
}

export function text(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  return (messages[key] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The person's sentence for an error's code. */
export function errorText(code: string): string {
  const key = `error:${code}`;
  return messages[key as MessageKey] ?? text('error:internal');
}
