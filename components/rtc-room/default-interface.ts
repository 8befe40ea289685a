import { html, nothing } from 'lit';
import { isComposing } from '../internal/composing.ts';
import { icons } from '../internal/icons.ts';
import { knockList } from '../internal/knock-list.ts';
import { RoomRequestEvent } from '../internal/room-request.ts';
import { countUnread } from '../internal/unread.ts';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { RoomSnapshot } from '../../src/index.ts';
import type { ElementLanguage } from '../internal/element-language.ts';
import type { Panel } from '../internal/room-request.ts';

type Host = ReactiveControllerHost & Element & { readonly speech: ElementLanguage };

/** Whether the page brought elements or words of its own, which take the place of all this. */
export function isArranged({ childNodes }: Element): boolean {
  return [...childNodes].some((node) => node instanceof Element ? !node.slot : node instanceof Text && node.data.trim() !== '');
}

/** What an empty `<rtc-room>` shows: the lobby, then the stage with its controls, and beside it the chat or the roster. */
export class DefaultInterface {
  readonly #host: Host;
  /** The one that is open. */
  #panel: Panel | undefined;
  /** From its first opening on it stays: it is loaded then. */
  #hasRoster = false;
  #lastRead: string | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  get chatOpen(): boolean {
    return this.#panel === 'chat';
  }

  /** @param isEntering - It joins by itself: the stage is there at once. */
  render(snapshot: RoomSnapshot, isEntering = false): TemplateResult {
    const { state, messages, knocks } = snapshot;
    const { text } = this.#host.speech;
    const focused = this.#host.shadowRoot?.activeElement;
    // Whoever joins or leaves by the keyboard goes on from what takes the place, not from the top of the page.
    if (state !== 'joined' && state !== 'reconnecting' && !isEntering) {
      if (focused?.closest('[part=stage]')) this.#focus('rtc-lobby');
      return html`<rtc-lobby part="lobby" exportparts="preview, form, heading, waiting, join, join-without, give-up"></rtc-lobby>`;
    }
    if (focused?.localName === 'rtc-lobby') this.#focus('[part=stage]');
    // A row that is answered is gone. To the list and no button: a second Enter must not let in the next one.
    if (focused?.closest('[part=knocks]')) this.#focus(knocks.length > 0 ? '[part=knocks]' : '[part=stage]', focused);
    if (this.#panel === 'chat') this.#lastRead = messages.at(-1)?.id;
    return html`<div part="stage" tabindex="-1">
      <rtc-grid part="grid" exportparts="tile, empty, captions"><slot name="captions" slot="captions"></slot></rtc-grid>
      ${this.#panel === 'participants' ? nothing // Where they are listed as well.
        : knockList(snapshot, (action) => { this.#host.dispatchEvent(new RoomRequestEvent(action)); }, text)}
      ${this.#panel === 'chat' ? nothing : html`<rtc-toasts part="toasts" kinds="files" exportparts="toast"></rtc-toasts>`}
      <div part="bar">
        <rtc-controls part="controls" exportparts="button, panel: devices-panel, menu, reactions, reaction, dialog">
          ${this.#toggle('participants', knocks.length, 'knocks-count')}
          ${this.#toggle('chat', countUnread(messages, this.#lastRead), 'unread')}
        </rtc-controls>
      </div>
      <section part="panel" id="panel" aria-label=${text(this.#panel ?? 'chat')} ?hidden=${!this.#panel}
        @keydown=${(event: KeyboardEvent) => { if (event.key === 'Escape' && !isComposing(event)) this.#close(); }}>
        <header part="panel-header">
          <h2>${text(this.#panel ?? 'chat')}</h2>
          <button type="button" part="close" class="plain" aria-label=${text('close')} @click=${() => { this.#close(); }}
            ><slot name="close">${icons.close}</slot></button>
        </header>
        <rtc-chat part="chat" exportparts="message, text: message-text" ?hidden=${this.#panel !== 'chat'}></rtc-chat>
        ${this.#hasRoster ? html`<rtc-participants part="participants" exportparts="participant" ?hidden=${this.#panel !== 'participants'}
          ></rtc-participants>` : nothing}
      </section>
    </div>`;
  }

  /** Opens it in place of the other one, or closes it. */
  toggle(panel: Panel): void {
    const opens = this.#panel !== panel;
    this.#panel = opens ? panel : undefined;
    if (panel === 'participants') this.#hasRoster = true;
    this.#host.requestUpdate();
    this.#focus(opens ? panel === 'chat' ? 'rtc-chat' : 'rtc-participants' : `[part=${panel}-toggle]`);
  }

  #close(): void {
    if (this.#panel) this.toggle(this.#panel);
  }

  /** @param count - Of what waits there to be seen. */
  #toggle(panel: Panel, count: number, counted: 'unread' | 'knocks-count'): TemplateResult {
    const { text, locale } = this.#host.speech;
    const label = count > 0 ? `${text(panel)}, ${text(counted, { count })}` : text(panel);
    return html`<button type="button" part="${panel}-toggle" class="round" aria-label=${label} title=${text(panel)}
      aria-controls="panel" aria-expanded=${String(this.#panel === panel)}
      @click=${() => { this.toggle(panel); }}><slot name=${panel}>${icons[panel]}</slot>${
        count > 0 ? html`<span part="badge">${Math.min(count, 99).toLocaleString(locale)}</span>` : nothing}</button>`;
  }

  /** Once what is to have the focus has been rendered. @param before - What had it, and keeps it if it is still there. */
  #focus(selector: string, before?: Element): void {
    void this.#host.updateComplete.then(async () => {
      if (before?.isConnected) return;
      const target = this.#host.shadowRoot?.querySelector<HTMLElement>(selector);
      const tag = target?.localName ?? '';
      if (tag.startsWith('rtc-')) await customElements.whenDefined(tag); // It may be on its way.
      target?.focus();
    });
  }
}
