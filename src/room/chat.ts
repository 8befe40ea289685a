/** The chat is one ordinary event, so that an rtc.io client, or a page that uses only the engine, can take part. */
import { isPlainObject, isText } from '../protocol/primitives.ts';
import { MAX_CHAT_CHARS } from '../protocol/limits.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import { RoomError } from '../shared/errors.ts';
import { randomId } from '../shared/ids.ts';
import type { Rate } from '../protocol/token-bucket.ts';
import type { ChatMessage } from './snapshot.ts';

export const CHAT_EVENT = 'chat';

export interface ChatPayload { id: string; text: string }

interface Author { readonly id: string; readonly name: string }

/** @returns `undefined` for anything that is not a chat line; it is not shown then. */
export function parseChat(payload: unknown): ChatPayload | undefined {
  if (!isPlainObject(payload) || !isText(payload['text'], MAX_CHAT_CHARS, 1)) return undefined;
  return isText(payload['id'], 64, 1) ? { id: payload['id'], text: payload['text'] } : undefined;
}

/** @throws RoomError `message-too-large`; TypeError for an empty line. */
export function checkChatText(text: string): void {
  if (text.trim() === '') throw new TypeError('A chat message needs text.');
  if (text.length > MAX_CHAT_CHARS) throw new RoomError('message-too-large', `A chat message has at most ${MAX_CHAT_CHARS} characters.`);
}

/** One's own lines and those of others, each participant's apart from the others' in how fast they may come. */
export class Chat {
  readonly #rates = new Map<string, TokenBucket>();
  readonly #show: (message: ChatMessage) => void;
  readonly #rate: () => Rate;

  /** @param rate of each author's lines, one's own included */
  constructor(show: (message: ChatMessage) => void, rate: () => Rate) {
    this.#show = show;
    this.#rate = rate;
  }

  /** @throws RoomError `message-too-large`, `rate-limited`, and what `emit` throws; TypeError for an empty line. */
  send(text: string, { id: from, name }: Author, emit: (payload: ChatPayload) => void): void {
    checkChatText(text);
    const id = randomId(9);
    if (!this.#take('')) throw new RoomError('rate-limited', `At most ${this.#rate().perSecond} chat lines a second.`);
    emit({ id, text });
    this.#show({ id, from, name, own: true, text, time: Date.now() });
  }

  /** Anything under the event's name. @param author who said it; nobody is shown who is not here. @returns whether it is shown */
  receive(payload: unknown, author: Author | undefined): boolean {
    const line = parseChat(payload);
    if (!line || !author || !this.#take(author.id)) return false;
    const { id: from, name } = author;
    this.#show({ id: `${from}/${line.id}`, from, name, own: false, text: line.text, time: Date.now() });
    return true;
  }

  forget(from: string): void {
    this.#rates.delete(from);
  }

  #take(from: string): boolean {
    let bucket = this.#rates.get(from);
    if (!bucket) this.#rates.set(from, (bucket = new TokenBucket(this.#rate())));
    return bucket.take();
  }
}
