import { lazily } from '../shared/load-again.ts';
import { CHAT_EVENT, Chat } from './chat.ts';
import type { Rate } from '../protocol/token-bucket.ts';
import type { ChatPayload, LineOptions } from './chat.ts';
import type { Talk, TalkHost } from './talk.ts';

export interface RoomChatHost extends TalkHost {
  /** Of each author's lines, one's own included. */
  rate(): Rate;
  dropped(from: string, what: string): void;
}

/** Chat lines, and what goes beside them: that is loaded with the first line, or with who asks for it. */
export class RoomChat {
  readonly #host: RoomChatHost;
  readonly #chat: Chat;
  readonly #talk: () => Promise<Talk>;

  constructor(host: RoomChatHost) {
    this.#host = host;
    this.#talk = lazily(() => import('./talk.ts').then(({ Talk }) => new Talk(host)), host.scope);
    this.#chat = new Chat((message) => { host.apply({ type: 'message', message }); }, () => host.rate());
  }

  /** @throws RoomError `message-too-large`, `rate-limited`, and what `emit` throws; TypeError for an empty line. */
  send(text: string, options: LineOptions, emit: (payload: ChatPayload) => void): void {
    this.#chat.send(text, options, this.#host.room.snapshot, emit);
    this.setTyping(false);
  }

  /** Anything under the event's name. */
  receive(from: string, payload: unknown): void {
    const line = this.#chat.receive(payload, this.#host.room.snapshot.participants.find(({ id }) => id === from));
    if (line) void this.#with((talk) => { talk.received(from, line.id); });
    else this.#host.dropped(from, CHAT_EVENT);
  }

  /** What a participant says beside the lines. */
  hear(from: string, args: readonly unknown[]): void {
    void this.#with((talk) => { if (!talk.hear(from, args)) this.#host.dropped(from, 'talk'); });
  }

  /** What a participant asks for who was not here before. */
  async tellHistory(to: string, question: unknown): Promise<unknown> {
    return this.#with((talk) => talk.tellHistory(to, question));
  }

  setTyping(typing: boolean): void {
    void this.#with((talk) => { talk.setTyping(typing); });
  }

  recall(): void {
    void this.#with((talk) => { talk.recall(); });
  }

  forget(from: string): void {
    this.#chat.forget(from);
  }

  /** Where it cannot be loaded, lines go on without it. */
  #with<T>(use: (talk: Talk) => T): Promise<T | undefined> {
    return this.#talk().then(use, () => undefined);
  }
}
