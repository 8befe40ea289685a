import { html, nothing } from 'lit';
import { adoptMore } from '../internal/adopt-more.ts';
import { isComposing } from '../internal/composing.ts';
import { icons } from '../internal/icons.ts';
import { lazilyFor } from '../internal/lazily-for.ts';
import { isJoined } from '../internal/room-button.ts';
import { RoomRequestEvent } from '../internal/room-request.ts';
import { countUnread } from '../internal/unread.ts';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { Room } from '../../src/index.ts';
import type { Panel, RoomHost } from '../internal/room-request.ts';
import type { Company } from './company.ts';
import type { knockList } from './knocks.ts';

type Host = ReactiveControllerHost & RoomHost;

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
  readonly #opened = new Set<Panel>();
  /** In which one is. */
  #room: Room | undefined;
  #presence: AbortController | undefined;
  #company: Company | undefined;
  readonly #loadCompany: () => Promise<typeof import('./company.ts')>;
  /** Since somebody knocked first. */
  #knockList: typeof knockList | undefined;
  readonly #loadKnockList: () => Promise<void>;
  #lastRead: string | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.#loadCompany = lazilyFor(host, () => import('./company.ts'));
    this.#loadKnockList = lazilyFor(host, async () => {
      const { knockList, knockStyles } = await import('./knocks.ts');
      adoptMore(host, [knockStyles]);
      this.#knockList = knockList;
      host.requestUpdate();
    });
  }

  get chatOpen(): boolean {
    return this.#panel === 'chat';
  }

  /**
   * Nothing where the page brought elements of its own.
   *
   * @param isEntering - It joins by itself: the stage is there at once.
   */
  render(room: Room, isEntering = false): TemplateResult | typeof nothing {
    const { snapshot } = room;
    const { state, messages, knocks } = snapshot;
    const isArrangement = isArranged(this.#host);
    const hasStage = !isArrangement && (isJoined(state) || isEntering);
    this.#enter(hasStage && snapshot.local.id ? room : undefined);
    if (isArrangement) return nothing;
    const { text } = this.#host.speech;
    const focused = this.#host.shadowRoot?.activeElement;
    if (focused) {
      // Whoever has the focus on what goes now goes on from what takes the place, not from the top of the page. From a row that
      // is answered to the list and no button: a second Enter must not let in the next one.
      const isAmongKnocks = knocks.length > 0 && focused.closest('[part=knocks]');
      this.#focus(!hasStage ? 'rtc-lobby' : isAmongKnocks ? '[part=knocks]' : '[part=stage]', focused);
    }
    if (!hasStage) {
      return html`<rtc-lobby part="lobby" exportparts="preview, form, heading, waiting, join, join-without, give-up"></rtc-lobby>`;
    }
    if (knocks.length > 0) void this.#loadKnockList();
    if (this.#panel === 'chat') this.#lastRead = messages.at(-1)?.id;
    return html`<div part="stage" tabindex="-1"><div class="call">
      <rtc-grid part="grid" exportparts="tile, empty, captions"><slot name="captions" slot="captions"></slot>${
        this.#company?.invite()}</rtc-grid>
      ${this.#panel === 'participants' ? nothing // Where they are listed as well.
        : this.#knockList?.(snapshot, (action) => { this.#host.dispatchEvent(new RoomRequestEvent(action)); }, text)}
      <div part="bar">
        ${this.#company?.toasts(this.chatOpen)}
        <rtc-controls part="controls" exportparts="button, panel: devices-panel, menu, reactions, reaction, dialog">
          ${this.#toggle('participants', knocks.length, 'knocks-count')}
          ${this.#toggle('chat', countUnread(messages, this.#lastRead) + (this.chatOpen ? 0 : this.#company?.offers ?? 0), 'unread')}
        </rtc-controls>
      </div></div>
      <section part="panel" id="panel" aria-label=${text(this.#panel ?? 'chat')} ?hidden=${!this.#panel}
        @keydown=${(event: KeyboardEvent) => { if (event.key === 'Escape' && !isComposing(event)) this.#close(); }}>
        <header part="panel-header">
          <h2>${text(this.#panel ?? 'chat')}</h2>
          <button type="button" part="close" class="plain" aria-label=${text('close')} @click=${() => { this.#close(); }}
            ><slot name="close">${icons.close}</slot></button>
        </header>
        ${this.#opened.has('chat') || this.#company // Once in the call: the relay may be gone when it is opened.
          ? html`<rtc-chat part="chat" exportparts="message, text: message-text" ?hidden=${this.#panel !== 'chat'}></rtc-chat>` : nothing}
        ${this.#opened.has('participants') ? html`<rtc-participants part="participants" exportparts="participant"
          ?hidden=${this.#panel !== 'participants'}></rtc-participants>` : nothing}
      </section>
    </div>`;
  }

  /** Opens it in place of the other one, or closes it. */
  toggle(panel: Panel): void {
    const opens = this.#panel !== panel;
    this.#panel = opens ? panel : undefined;
    this.#opened.add(panel);
    this.#host.requestUpdate();
    this.#focus(opens ? panel === 'chat' ? 'rtc-chat' : 'rtc-participants' : `[part=${panel}-toggle]`);
  }

  #enter(room: Room | undefined): void {
    if (room === this.#room) return;
    this.#room = room;
    this.#presence?.abort();
    this.#company = undefined;
    if (!room) return;
    const { signal } = (this.#presence = new AbortController());
    // Files are refused where nobody listens, and the chat, which takes them, may be on its way.
    room.files.lifecycle.on('offer', () => {
      this.#opened.add('chat');
      this.#host.requestUpdate();
    }, { signal });
    void this.#loadCompany().then(({ Company }) => {
      if (signal.aborted) return;
      this.#company = new Company(this.#host, room, signal);
      this.#host.requestUpdate();
    });
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
