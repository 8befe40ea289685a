import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { fieldStyles } from '../internal/field.styles.ts';
import { talking } from '../internal/english-talking.ts';
import { addMessages } from '../internal/messages.ts';
import { nameLabels, plainName } from '../internal/name-labels.ts';
import { isJoined } from '../internal/room-button.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { saveAs } from '../internal/save-as.ts';
import { talkIcons } from '../internal/talk-icons.ts';
import { countUnread } from '../internal/unread.ts';
import { attachButton, dropStyles, takeFiles } from '../rtc-files/attach.ts';
import { formatBytes } from '../rtc-files/file-format.ts';
import { fileRow } from '../rtc-files/file-row.ts';
import { fileStyles } from '../rtc-files/file-row.styles.ts';
import { FileShelf } from '../rtc-files/file-shelf.ts';
import { progressStyles } from '../rtc-files/progress.styles.ts';
import { chatItems, followers, repliedTo } from './chat-items.ts';
import { chatLine } from './chat-line.ts';
import { Composer } from './composer.ts';
import { exportText } from './export-text.ts';
import { LineList } from './line-list.ts';
import { moveByKey, openToTab } from './move-by-key.ts';
import { Newcomers } from './newcomers.ts';
import { styles } from './rtc-chat.styles.ts';
import { typingNames } from './typing-names.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { ChatMessage, Room, RoomSnapshot } from '../../src/index.ts';
import type { NameLabel } from '../internal/name-labels.ts';
import type { ChatItem } from './chat-items.ts';

addMessages(talking);

/**
 * The chat, from participant to participant, with files. Enter sends, Shift+Enter makes a new line; arrow keys go from line to
 * line, and Enter answers one. What others write is shown as text, and links in it as links.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @attr text-only - Neither sends nor takes files.
 * @prop unread - Messages of others that came while the end of the list was out of sight.
 * @slot empty - Where nothing was said yet. @slot send @slot attach @slot reply - Icons.
 * @slot file @slot file-pause @slot file-resume @slot file-cancel @slot file-save - Icons.
 * @csspart list @csspart message @csspart author @csspart name @csspart name-mark @csspart told-by @csspart time @csspart text
 * @csspart link @csspart quote @csspart quote-author @csspart reply @csspart delivery @csspart divider @csspart export
 * @csspart new @csspart typing @csspart replying @csspart reply-cancel @csspart form @csspart attach @csspart input
 * @csspart send @csspart empty @csspart drop @csspart file @csspart file-icon @csspart picture @csspart file-about
 * @csspart file-name @csspart file-meta @csspart progress @csspart file-status @csspart file-actions @csspart file-accept
 * @csspart file-decline @csspart file-pause @csspart file-resume @csspart file-cancel @csspart file-save @csspart icon
 * @csspart button @csspart file-action @csspart picture-open @csspart picture-large - A picture as large as the page lets it.
 * @cssState unread @cssState dropping
 */
export class RtcChatElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, buttons, fieldStyles, fileStyles, progressStyles, dropStyles, styles];
  static override properties = { ...RtcPartElement.properties, textOnly: { type: Boolean, attribute: 'text-only' } };
  declare textOnly: boolean;
  protected readonly view = new RoomController(this, selectChat);
  readonly #shelf = new FileShelf(this, this.view, () => !this.textOnly);
  readonly #lines = new LineList(this, () => this.#ids, () => { this.#read(); });
  readonly #composer = new Composer(this, this.view, () => {
    this.#divider = undefined;
    this.#lines.toEnd();
  });
  readonly #newcomers = new Newcomers();
  /** Where all of this belongs to: the room, and the name under which it was joined. */
  #place: { readonly room: Room; readonly name: string } | undefined;
  #items: readonly ChatItem[] = [];
  #ids: readonly string[] = [];
  #follows: readonly boolean[] = [];
  #news: readonly ChatItem[] = [];
  #lastRead: string | undefined;
  /** The line behind which the unread ones begin, until one has written. */
  #divider: string | undefined;
  /** Under this id of ours it was asked what was said before. */
  #recalledAs = '';
  /** Shown again after it was hidden, smaller for a line that is being answered, longer by a picture: the end stays in sight. */
  readonly #resized = new ResizeObserver(() => { this.#lines.afterUpdate(); });

  constructor() {
    super();
    this.textOnly = false;
    takeFiles(this, this.#shelf, (dropping) => { this.setStates({ dropping }); });
  }

  get unread(): number {
    return countUnread(this.view.value?.messages ?? [], this.#lastRead);
  }

  override focus(options?: FocusOptions): void {
    const focus = () => { this.renderRoot.querySelector('textarea')?.focus(options); };
    if (this.hasUpdated) focus();
    else void this.updateComplete.then(focus); // It was loaded a moment ago.
  }

  protected override update(changed: PropertyValues<this>): void {
    const { messages = [], state, local } = this.view.value ?? {};
    this.#enter();
    this.#lines.beforeUpdate();
    this.#items = chatItems(messages, this.#shelf.transfers, (id) => this.#shelf.seenAt(id));
    this.#ids = this.#items.map(({ id }) => id);
    this.#news = this.#newcomers.of(this.#items, this.#lines.isInSight);
    if (this.unread > 0 && this.#lastRead !== undefined) this.#divider ??= this.#lastRead;
    this.#follows = followers(this.#items, this.#divider);
    super.update(changed);
    if (state !== 'joined' || !local || this.#recalledAs === local.id) return;
    this.#recalledAs = local.id;
    this.view.room?.recallMessages();
  }

  override render(): TemplateResult | typeof nothing {
    const view = this.view.value;
    if (!view) return nothing;
    const { start, end } = this.#lines.window.range(this.#ids);
    const shown = this.#items.slice(start, end);
    const labelOf = this.#labels(view, shown);
    const canSend = isJoined(view.state);
    const attach = this.textOnly ? nothing
      : attachButton(this.text('chat-attach'), talkIcons.attach, canSend && view.participants.length > 0, this.#shelf);
    return html`<div part="drop" aria-hidden="true">${this.text('chat-drop')}</div>
      <div part="list" role="group" aria-label=${this.text('chat')} tabindex="0" @scroll=${this.#lines.onScroll} @focusin=${openToTab}
        @load=${this.#lines.onLoad} @keydown=${(event: KeyboardEvent) => { moveByKey(event, (id) => { this.#replyTo(id); }); }}>
        ${this.#items.length === 0 ? html`<p part="empty"><slot name="empty">${this.text('chat-empty')}</slot></p>` : nothing}
        ${view.messages.length > 0 && start === 0 ? html`<button type="button" part="export" @click=${() => { this.#export(); }}
          >${this.text('chat-export')}</button>` : nothing}
        ${repeat(shown, ({ id }) => id, (item, index) => this.#item(item, start + index, view.messages, labelOf))}
      </div>
      ${this.unread > 0 ? html`<button type="button" part="new" class="primary" @click=${() => { this.#lines.toEnd(); }}
        >${this.text('messages-new', { count: this.unread })}</button>` : nothing}
      <div part="typing">${typingNames(view.typing, (id) => labelOf({ ...NOBODY, from: id }), this.speech)}</div>
      ${this.#composer.render(canSend, labelOf, attach)}
      <div class="hidden" role="log" aria-label=${this.text('chat')}>${repeat(this.#news, ({ id }) => id, ({ message, transfer }) => {
        const name = plainName(labelOf(message ?? { ...NOBODY, from: transfer.participant }));
        return html`<p>${message ? html`${name}: ${message.text}` : this.text('toast-file', {
          name, file: `\u2068${transfer.name}\u2069`, size: formatBytes(transfer.size, this.speech.locale),
        })}</p>`;
      })}</div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const list = this.renderRoot.querySelector('[part=list]');
    if (list) this.#resized.observe(list);
    this.#lines.afterUpdate();
    this.setStates({ unread: this.unread > 0 });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  /** Nothing of one room goes into another: no draft, no answer, no mark of what was read. */
  #enter(): void {
    const { room, value } = this.view;
    if (!room || !value || (this.#place?.room === room && this.#place.name === value.name)) return;
    this.#place = { room, name: value.name };
    this.#lastRead = this.#divider = undefined;
    this.#recalledAs = '';
    this.#newcomers.clear();
    this.#composer.clear();
    this.#lines.follow();
  }

  #item(item: ChatItem, index: number, messages: readonly ChatMessage[], labelOf: (of: ChatMessage) => NameLabel) {
    const before = this.#items[index - 1]?.message;
    const { message, transfer } = item;
    if (!message) {
      const label = labelOf({ ...NOBODY, from: transfer.participant });
      return html`<div part="message" data-id=${item.id} tabindex="-1" role="article" class="transfer ${transfer.direction === 'send' ? 'own' : ''}"
        >${fileRow(transfer, label, this.#shelf, this.speech)}</div>`;
    }
    const { own, replyTo, toldBy, sentTo = [], reachedBy = [] } = message;
    const quoted = replyTo === undefined ? undefined : repliedTo(messages, replyTo) ?? null;
    const isLastOfOwn = own && !this.#follows[index + 1];
    const line = {
      message, label: labelOf(message),
      follows: this.#follows[index] === true,
      showsDelivery: isLastOfOwn && (reachedBy.length < sentTo.length || messages.findLast((one) => one.own) === message),
      quoted: quoted && { message: quoted, label: labelOf(quoted) },
    };
    return html`${toldBy && !before?.toldBy ? html`<div part="divider" class="earlier">${this.text('chat-earlier')}</div>` : nothing}
      ${before && before.id === this.#divider ? html`<div part="divider">${this.text('chat-unread')}</div>` : nothing}
      ${chatLine(line, { reply: ({ id }) => { this.#replyTo(id); }, show: ({ id }) => { this.#show(id); } }, this.speech)}`;
  }

  #labels({ local, participants }: Pick<RoomSnapshot, 'local' | 'participants'>, shown: readonly ChatItem[]) {
    const authors = shown.flatMap(({ message }) => message?.from ? [{ id: message.from, name: message.name }] : []);
    const labels = nameLabels([local, ...participants, ...authors], this.text('guest'));
    return ({ from, name }: ChatMessage): NameLabel => labels.get(from) ?? { name: name || this.text('guest'), mark: '' };
  }

  #replyTo(id: string): void {
    this.#composer.replyTo(this.view.value?.messages.find((message) => message.id === id));
  }

  #show(id: string): void {
    void this.#lines.show(id, () => this.updateComplete);
  }

  #export(): void {
    const { messages = [], name = '' } = this.view.value ?? {};
    saveAs(new Blob([exportText(messages, this.speech.locale, this.text)], { type: 'text/plain;charset=utf-8' }), `${name}.txt`);
  }

  #read(): void {
    const newest = this.view.value?.messages.at(-1)?.id;
    if (newest === this.#lastRead) return;
    this.#lastRead = newest;
    this.requestUpdate();
  }
}

const NOBODY: ChatMessage = { id: '', from: '', name: '', own: false, text: '', time: 0 };

function selectChat({ name, state, local, participants, messages, typing }: RoomSnapshot) {
  return { name, state, local, participants, messages, typing };
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-chat': RtcChatElement;
  }
}
