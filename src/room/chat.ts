/** The chat is one ordinary event, so that an rtc.io client, or a page that uses only the engine, can take part. */
import { isPlainObject, isText } from '../protocol/parse.ts';
import { MAX_CHAT_CHARS } from '../protocol/limits.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import { RoomError } from '../shared/errors.ts';

export const CHAT_EVENT = 'chat';

export interface ChatPayload { id: string; text: string }

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

const LINES = { perSecond: 5, burst: 20 };

/** How fast lines may come, from each participant apart. */
export class ChatRates {
  readonly #buckets = new Map<string, TokenBucket>();

  take(from: string): boolean {
    let bucket = this.#buckets.get(from);
    if (!bucket) this.#buckets.set(from, (bucket = new TokenBucket(LINES)));
    return bucket.take();
  }

  forget(from: string): void {
    this.#buckets.delete(from);
  }
}
