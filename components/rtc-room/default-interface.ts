import { html, nothing } from 'lit';
import { isComposing } from '../internal/composing.ts';
import { icons } from '../internal/icons.ts';
import { countUnread } from '../internal/unread.ts';
import { knockList } from './knocks.ts';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { RoomSnapshot } from '../../src/index.ts';
import type { ElementLanguage } from '../internal/element-language.ts';

type Host = ReactiveControllerHost & Element & { readonly speech: ElementLanguage };

/** Whether the page brought elements or words of its own, which take the place of all this. */
export function isArranged({ childNodes }: Element): boolean {
  return [...childNodes].some((node) => node instanceof Element ? !node.slot : node instanceof Text && node.data.trim() !== '');
}

/** What an empty `<rtc-room>` shows: the lobby, then the stage with its controls and a chat that opens beside it. */
export class DefaultInterface {
  readonly #host: Host;
  #chatOpen = false;
  #lastRead: string | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  get chatOpen(): boolean {
    return this.#chatOpen;
  }

  render(snapshot: RoomSnapshot): TemplateResult {
    const { state, messages, knocks } = snapshot;
    const { text } = this.#host.speech;
    const focused = this.#host.shadowRoot?.activeElement;
    // Whoever joins or leaves by the keyboard goes on from what takes the place, not from the top of the page.
    if (state !== 'joined' && state !== 'reconnecting') {
      if (focused?.closest('[part=stage]')) this.#focus('rtc-lobby');
      return html`<rtc-lobby part="lobby" exportparts="preview, form, heading, waiting, join, join-without, give-up"></rtc-lobby>`;
    }
    if (focused?.localName === 'rtc-lobby') this.#focus('[part=stage]');
    // A row that is answered is gone. To the list and no button: a second Enter must not let in the next one.
    if (focused?.closest('[part=knocks]')) this.#focus(knocks.length > 0 ? '[part=knocks]' : '[part=stage]', focused);
    if (this.#chatOpen) this.#lastRead = messages.at(-1)?.id;
    return html`<div part="stage" tabindex="-1">
      <rtc-grid part="grid" exportparts="tile, empty"></rtc-grid>
      ${knockList(snapshot, this.#host, text)}
      <div part="bar">
        <rtc-controls part="controls" exportparts="button, panel: devices-panel">
          ${this.#chatToggle(countUnread(messages, this.#lastRead))}
        </rtc-controls>
      </div>
      <section part="panel" id="panel" aria-label=${text('chat')} ?hidden=${!this.#chatOpen}
        @keydown=${(event: KeyboardEvent) => { if (event.key === 'Escape' && !isComposing(event)) this.#setChat(false); }}>
        <header part="panel-header">
          <h2>${text('chat')}</h2>
          <button type="button" part="close" class="plain" aria-label=${text('close')} @click=${() => { this.#setChat(false); }}
            ><slot name="close">${icons.close}</slot></button>
        </header>
        <rtc-chat part="chat" exportparts="message, text: message-text"></rtc-chat>
      </section>
    </div>`;
  }

  #chatToggle(unread: number): TemplateResult {
    const { text, locale } = this.#host.speech;
    const label = unread > 0 ? `${text('chat')}, ${text('unread', { count: unread })}` : text('chat');
    return html`<button type="button" part="chat-toggle" class="round" aria-label=${label} title=${text('chat')}
      aria-controls="panel" aria-expanded=${String(this.#chatOpen)}
      @click=${() => { this.#setChat(!this.#chatOpen); }}><slot name="chat">${icons.chat}</slot>${
        unread > 0 ? html`<span part="badge">${Math.min(unread, 99).toLocaleString(locale)}</span>` : nothing}</button>`;
  }

  #setChat(open: boolean): void {
    this.#chatOpen = open;
    this.#host.requestUpdate();
    this.#focus(open ? 'rtc-chat' : '[part=chat-toggle]');
  }

  /** Once what is to have the focus has been rendered. @param before - What had it, and keeps it if it is still there. */
  #focus(selector: string, before?: Element): void {
    void this.#host.updateComplete.then(() => {
      if (!before?.isConnected) this.#host.shadowRoot?.querySelector<HTMLElement>(selector)?.focus();
    });
  }
}
