/** The chat is one ordinary event, so that an rtc.io client, or a page that uses only the engine, can take part. */
import { isPlainObject, isText } from '../protocol/primitives.ts';
import { MAX_CHAT_CHARS } from '../protocol/limits.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import { isLineId, isLineRef } from '../protocol/talk.ts';
import { RoomError } from '../shared/errors.ts';
import { randomId } from '../shared/ids.ts';
import type { Rate } from '../protocol/token-bucket.ts';
import type { ChatMessage, RoomSnapshot } from './snapshot.ts';

export const CHAT_EVENT = 'chat';

/** `replyTo` is another line's id (`ChatMessage.id`). */
export interface ChatPayload { id: string; text: string; replyTo?: string }

interface Author { readonly id: string; readonly name: string }
type Here = Pick<RoomSnapshot, 'local' | 'participants'>;

export interface LineOptions {
  /** The `id` of another line. */
  replyTo?: string;
}

/** @returns `undefined` for anything that is not a chat line; it is not shown then. */
export function parseChat(payload: unknown): ChatPayload | undefined {
  if (!isPlainObject(payload)) return undefined;
  const { id, text, replyTo } = payload;
  if (!isLineId(id) || !isText(text, MAX_CHAT_CHARS, 1)) return undefined;
  return { id, text, ...(isLineRef(replyTo) && { replyTo }) };
}

/** @throws RoomError `message-too-large`; TypeError for an empty line. */
export function checkChatText(text: string): void {
  if (text.trim() === '') throw new TypeError('A chat message needs text.');
  if (text.length > MAX_CHAT_CHARS) throw new RoomError('message-too-large', `A chat message has at most ${MAX_CHAT_CHARS} characters.`);
}

/** The id of a line that somebody else told of begins with theirs. */
export function asAuthorSays(id: string): string {
  return id.replace(/^[\w-]+~/, '');
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
  send(text: string, { replyTo }: LineOptions, { local, participants }: Here, emit: (payload: ChatPayload) => void): void {
    checkChatText(text);
    const { id: from, name } = local;
    const id = randomId(9);
    const reply = replyTo !== undefined && { replyTo: asAuthorSays(replyTo) };
    if (!this.#take('')) throw new RoomError('rate-limited', `At most ${this.#rate().perSecond} chat lines a second.`);
    emit({ id, text, ...reply });
    const sentTo = Object.freeze(participants.filter(({ kind }) => kind === 'engine').map((participant) => participant.id));
    this.#show({ id: `${from}/${id}`, from, name, own: true, text, time: Date.now(), sentTo, ...reply });
  }

  /** Anything under the event's name. @param author who said it; nobody is shown who is not here. @returns what is shown */
  receive(payload: unknown, author: Author | undefined): ChatPayload | undefined {
    const line = parseChat(payload);
    if (!line || !author || !this.#take(author.id)) return undefined;
    const { id: from, name } = author;
    this.#show({ ...line, id: `${from}/${line.id}`, from, name, own: false, time: Date.now() });
    return line;
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
