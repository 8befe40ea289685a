import { html, nothing } from 'lit';
import { nameTemplate, plainName } from '../internal/name-labels.ts';
import { talkIcons } from '../internal/talk-icons.ts';
import { isEmojiOnly, piecesOf } from './rich-text.ts';
import type { TemplateResult } from 'lit';
import type { ChatMessage } from '../../src/index.ts';
import type { ElementLanguage } from '../internal/element-language.ts';
import type { NameLabel } from '../internal/name-labels.ts';
import type { Text } from '../internal/messages.ts';

interface Quoted { readonly message: ChatMessage; readonly label: NameLabel }

export interface LineView {
  readonly message: ChatMessage;
  readonly label: NameLabel;
  /** Of the same author, soon after their last one. */
  readonly follows: boolean;
  /** Says how far it has come. */
  readonly showsDelivery: boolean;
  /** What it answers; `null` where that is not here. */
  readonly quoted?: Quoted | null | undefined;
}

export interface LineActions {
  reply(message: ChatMessage): void;
  show(message: ChatMessage): void;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making one costs more than a message does. */
function clockOf(locale: string): Intl.DateTimeFormat {
  const clock = clocks.get(locale) ?? new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  clocks.set(locale, clock);
  return clock;
}

/** One line of the chat. What is in it is text, and links made of it here. */
export function chatLine(
  { message, label, follows, showsDelivery, quoted }: LineView, actions: LineActions, { text, locale }: ElementLanguage,
): TemplateResult {
  const { own, from, time, toldBy } = message;
  const isHearsay = toldBy !== undefined && from === '';
  const reply = text('reply-to', { name: own ? text('you') : plainName(label) });
  return html`<div part="message" data-id=${message.id} tabindex="-1" role="article" class="${own ? 'own' : ''} ${follows ? 'follows' : ''}">
    <div class="head ${follows ? 'hidden' : ''}"><span part="author">${own ? text('you-wrote') : nameTemplate(label)}</span>
      ${isHearsay ? html`<span part="told-by">${text('told-by', { name: `\u2068${toldBy.name || text('guest')}\u2069` })}</span>` : nothing}
      <time part="time" dir="auto" datetime=${new Date(time).toISOString()}>${clockOf(locale).format(time)}</time></div>
    <div class="bubble">
      <div part="text" class=${isEmojiOnly(message.text) ? 'emoji' : ''} dir="auto">${
        quoted === undefined ? nothing : quote(quoted, actions, text)}${richText(message)}</div>
      <button type="button" part="reply" class="plain" tabindex="-1" aria-label=${reply} title=${reply}
        @click=${() => { actions.reply(message); }}><slot name="reply">${talkIcons.reply}</slot></button>
    </div>
    ${showsDelivery ? html`<div part="delivery">${deliveryOf(message, text)}</div>` : nothing}</div>`;
}

export function quote(quoted: Quoted | null, actions: Pick<LineActions, 'show'>, text: Text): TemplateResult {
  if (!quoted) return html`<span part="quote" dir="auto">${text('quote-missing')}</span>`;
  const { message, label } = quoted;
  const name = message.own ? text('you-wrote') : plainName(label);
  return html`<button type="button" part="quote" dir="auto" tabindex="-1" title=${text('quote-of', { name })} @click=${() => { actions.show(message); }}
    ><span part="quote-author">${message.own ? name : nameTemplate(label)}</span> <bdi>${message.text.slice(0, 200)}</bdi></button>`;
}

const rich = new WeakMap<ChatMessage, readonly (string | TemplateResult)[]>();

function richText(message: ChatMessage): readonly (string | TemplateResult)[] {
  const made = rich.get(message) ?? piecesOf(message.text).map((piece) => typeof piece === 'string' ? piece
    : html`<a part="link" href=${piece.href} target="_blank" rel="noopener noreferrer nofollow">${piece.text}</a>`);
  rich.set(message, made);
  return made;
}

function deliveryOf({ sentTo = [], reachedBy = [] }: ChatMessage, text: Text): string {
  if (sentTo.length === 0) return text('delivery-none');
  if (reachedBy.length === 0) return text('delivery-sent');
  return reachedBy.length === sentTo.length ? text('delivery-all')
    : text('delivery-some', { count: reachedBy.length, total: sentTo.length });
}
