import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { MAX_CHAT_CHARS } from '../../src/index.ts';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { isComposing } from '../internal/composing.ts';
import { fieldStyles } from '../internal/device-select.ts';
import { icons } from '../internal/icons.ts';
import { nameLabels, nameTemplate } from '../internal/name-labels.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { countUnread } from '../internal/unread.ts';
import { styles } from './rtc-chat.styles.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { ChatMessage, RoomSnapshot } from '../../src/index.ts';
import type { NameLabel } from '../internal/name-labels.ts';

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making one costs more than a message does. */
function clockOf(locale: string): Intl.DateTimeFormat {
  const clock = clocks.get(locale) ?? new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  clocks.set(locale, clock);
  return clock;
}

/**
 * The chat, from participant to participant. Enter sends, Shift+Enter makes a new line. What others write is shown as text
 * and as nothing else.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @prop unread - Messages of others that came while the end of the list was out of sight.
 * @slot empty - Where nothing was said yet. @slot send - The icon.
 * @csspart list @csspart message @csspart author @csspart name @csspart name-mark @csspart time @csspart text @csspart new
 * @csspart form @csspart input @csspart send @csspart empty @csspart icon
 * @cssState unread
 */
export class RtcChatElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, buttons, fieldStyles, styles];
  protected readonly view = new RoomController(this, selectChat);
  #lastRead: string | undefined;
  #atEnd = true;
  #observer: IntersectionObserver | undefined;

  get unread(): number {
    return countUnread(this.view.value?.messages ?? [], this.#lastRead);
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('textarea')?.focus(options);
  }

  override render(): TemplateResult | typeof nothing {
    const view = this.view.value;
    if (!view) return nothing;
    const labels = nameLabels(
      [view.local, ...view.participants, ...view.messages.map(({ from: id, name }) => ({ id, name }))],
      this.text('guest'));
    const canSend = view.state === 'joined' || view.state === 'reconnecting';
    return html`<div part="list" role="log" aria-label=${this.text('chat')} tabindex="0" @scroll=${() => { this.#onScroll(); }}>
        ${view.messages.length === 0 ? html`<p part="empty"><slot name="empty">${this.text('chat-empty')}</slot></p>` : nothing}
        ${repeat(view.messages, ({ id }) => id, (message, index) =>
          this.#message(message, view.messages[index - 1], labels.get(message.from)))}
      </div>
      ${this.unread > 0 ? html`<button type="button" part="new" class="primary" @click=${() => { this.#toEnd(); }}
        >${this.text('messages-new', { count: this.unread })}</button>` : nothing}
      <form part="form" @submit=${(event: Event) => { event.preventDefault(); void this.#send(); }}>
        <textarea part="input" rows="1" maxlength=${MAX_CHAT_CHARS} aria-label=${this.text('message')} placeholder=${this.text('message')}
          @keydown=${(event: KeyboardEvent) => { this.#onKey(event); }}></textarea>
        <button part="send" class="primary" aria-label=${this.text('send')} title=${this.text('send')} ?disabled=${!canSend}
          ><slot name="send">${icons.send}</slot></button>
      </form>`;
  }

  #message(message: ChatMessage, previous: ChatMessage | undefined, label: NameLabel | undefined) {
    const { own, from, time } = message;
    const follows = previous?.from === from && time - previous.time < 300_000;
    return html`<div part="message" class="${own ? 'own' : ''} ${follows ? 'follows' : ''}">
      <div class="head ${follows ? 'hidden' : ''}"><span part="author">${own ? this.text('you-wrote') : label && nameTemplate(label)}</span>
        <time part="time" dir="auto" datetime=${new Date(time).toISOString()}>${clockOf(this.speech.locale).format(time)}</time></div>
      <div part="text" dir="auto">${message.text}</div></div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.#atEnd) this.#toEnd();
    this.setStates({ unread: this.unread > 0 });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Shown again after it was hidden: what came meanwhile is read now.
    this.#observer = new IntersectionObserver(() => { if (this.#atEnd) this.#toEnd(); });
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  #onScroll(): void {
    const list = this.renderRoot.querySelector('[part=list]');
    // Hidden, it has no height, and its scroll position says nothing.
    if (!list?.clientHeight) return;
    this.#atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    if (this.#atEnd) this.#toEnd();
  }

  #toEnd(): void {
    const list = this.renderRoot.querySelector('[part=list]');
    if (!list?.clientHeight) return;
    this.#atEnd = true;
    list.scrollTop = list.scrollHeight;
    const newest = this.view.value?.messages.at(-1)?.id;
    if (newest === this.#lastRead) return;
    this.#lastRead = newest;
    this.requestUpdate();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    void this.#send();
  }

  async #send(): Promise<void> {
    const input = this.renderRoot.querySelector('textarea');
    const line = input?.value.trim();
    if (!input || !line) return;
    this.#atEnd = true;
    if (await this.view.ask(({ room }) => { room.sendMessage(line); })) input.value = '';
  }
}

function selectChat({ state, local, participants, messages }: RoomSnapshot) {
  return { state, local, participants, messages };
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-chat': RtcChatElement;
  }
}
