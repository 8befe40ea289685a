import { html, nothing } from 'lit';
import { MAX_CHAT_CHARS } from '../../src/index.ts';
import { isComposing } from '../internal/composing.ts';
import { icons } from '../internal/icons.ts';
import { plainName } from '../internal/name-labels.ts';
import { talkIcons } from '../internal/talk-icons.ts';
import { quote } from './chat-line.ts';
import type { TemplateResult } from 'lit';
import type { ChatMessage } from '../../src/index.ts';
import type { RoomController } from '../controllers/room-controller.ts';
import type { NameLabel } from '../internal/name-labels.ts';
import type { Text } from '../internal/messages.ts';

interface Host {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly text: Text;
  requestUpdate(): void;
  focus(): void;
}

/** Where a line is written: Enter sends, Shift+Enter makes a new line; perhaps an answer to another one. */
export class Composer {
  readonly #host: Host;
  readonly #view: RoomController<unknown>;
  readonly #onSent: () => void;
  #replyTo: ChatMessage | undefined;

  constructor(host: Host, view: RoomController<unknown>, onSent: () => void) {
    this.#host = host;
    this.#view = view;
    this.#onSent = onSent;
  }

  replyTo(message: ChatMessage | undefined): void {
    this.#replyTo = message;
    this.#host.requestUpdate();
    this.#host.focus();
  }

  clear(): void {
    const input = this.#input;
    if (input) input.value = '';
    this.#replyTo = undefined;
  }

  /** @param attach a button, if files may be sent */
  render(canSend: boolean, labelOf: (message: ChatMessage) => NameLabel, attach: unknown): TemplateResult {
    const { text } = this.#host;
    return html`${this.#replying(labelOf)}
      <form part="form" @submit=${(event: Event) => { event.preventDefault(); void this.#send(); }}>
        ${attach}
        <textarea part="input" rows="1" maxlength=${MAX_CHAT_CHARS} aria-label=${text('message')} placeholder=${text('message')}
          @keydown=${(event: KeyboardEvent) => { this.#onKey(event); }}
          @input=${({ target }: Event) => { this.#view.room?.setTyping((target as HTMLTextAreaElement).value.trim() !== ''); }}></textarea>
        <button part="send" class="primary" aria-label=${text('send')} title=${text('send')} ?disabled=${!canSend}
          ><slot name="send">${talkIcons.send}</slot></button>
      </form>`;
  }

  #replying(labelOf: (message: ChatMessage) => NameLabel): TemplateResult | typeof nothing {
    const message = this.#replyTo;
    if (!message) return nothing;
    const { text } = this.#host;
    const label = labelOf(message);
    const about = text('quote-of', { name: message.own ? text('you') : plainName(label) });
    return html`<div part="replying" role="group" aria-label=${about}>
      ${quote({ message, label }, { show: () => undefined }, text)}
      <button type="button" part="reply-cancel" class="plain" aria-label=${text('reply-cancel')} title=${text('reply-cancel')}
        @click=${() => { this.replyTo(undefined); }}>${icons.close}</button></div>`;
  }

  #onKey(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === 'Escape' && this.#replyTo) {
      event.stopPropagation();
      this.replyTo(undefined);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void this.#send();
    }
  }

  async #send(): Promise<void> {
    const line = this.#input?.value.trim();
    if (!line) return;
    const replyTo = this.#replyTo?.id;
    if (!await this.#view.ask(({ room }) => { room.sendMessage(line, replyTo === undefined ? {} : { replyTo }); })) return;
    this.clear();
    this.#onSent();
  }

  get #input(): HTMLTextAreaElement | null {
    return this.#host.renderRoot.querySelector('textarea');
  }
}
