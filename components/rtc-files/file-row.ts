import { html, nothing } from 'lit';
import { errorText } from '../internal/messages.ts';
import { icons } from '../internal/icons.ts';
import { plainName } from '../internal/name-labels.ts';
import { talkIcons } from '../internal/talk-icons.ts';
import { formatBytes, formatRate, formatSeconds } from './file-format.ts';
import type { TemplateResult } from 'lit';
import type { TransferView } from '../../src/index.ts';
import type { ElementLanguage } from '../internal/element-language.ts';
import type { MessageKey } from '../internal/messages.ts';
import type { NameLabel } from '../internal/name-labels.ts';
import type { FileShelf } from './file-shelf.ts';

/** Isolated from each other, so that no piece turns the next one round (Unicode UAX 9). */
function joined(...pieces: readonly string[]): string {
  return pieces.filter(Boolean).map((piece) => `\u2068${piece}\u2069`).join(' · ');
}

/** One file: what it is, whose, how far it is, and what can be done with it. */
export function fileRow(
  transfer: TransferView, label: NameLabel | undefined, shelf: FileShelf, { text, locale }: ElementLanguage,
): TemplateResult {
  const { id, name, size, type, direction, state, bytes } = transfer;
  const file = `\u2068${name}\u2069`;
  const picture = shelf.picture(id);
  const isFlowing = state === 'active' || state === 'paused' || state === 'interrupted';
  const isAsked = direction === 'receive' && state === 'offered';
  const isOver = state === 'done' || state === 'failed';
  const isUnfit = isAsked && !shelf.canAccept(id);
  const iconButton = (action: 'pause' | 'resume' | 'cancel' | 'save', icon: TemplateResult, click: () => void) => {
    const said = text(`file-${action}`, { file });
    return html`<button type="button" part="file-action file-${action}" class="plain" aria-label=${said} title=${said} @click=${click}>
      <slot name=${`file-${action}`}>${icon}</slot></button>`;
  };
  const answer = (action: 'accept' | 'decline', click: () => void) => html`<button type="button" part="button file-${action}"
    class=${action === 'accept' ? 'primary' : ''} aria-label=${text(`file-${action}-name`, { file })} @click=${click}
    >${text(`file-${action}`)}</button>`;
  return html`<div part="file" class=${state}>
    ${picture ? pictureTemplate(id, picture, text('file-preview', { file }), text('close'))
      : html`<span part="file-icon"><slot name="file">${talkIcons.file}</slot></span>`}
    <div part="file-about">
      <div part="file-name" dir="auto" title=${name}>${name}</div>
      <div part="file-meta">${joined(text(direction === 'send' ? 'file-to' : 'file-from', { name: label ? plainName(label) : text('guest') }),
        formatBytes(size, locale), type)}</div>
      ${isFlowing ? html`<progress part="progress" max=${Math.max(1, size)} .value=${bytes} aria-label=${file}></progress>` : nothing}
      <div part="file-status" class=${state}>${
        isUnfit ? text('file-unfit') : statusOf(transfer, text, locale)}</div>
    </div>
    <div part="file-actions" class=${isAsked ? 'asked' : ''}>
      ${isAsked ? [
        answer('decline', () => { shelf.decline(id); }),
        isUnfit ? nothing : answer('accept', () => { void shelf.accept(id); }),
      ] : nothing}
      ${state === 'active' ? iconButton('pause', talkIcons.pause, () => { shelf.act(id, 'pause'); }) : nothing}
      ${state === 'paused' && transfer.pausedBy !== 'them'
        ? iconButton('resume', talkIcons.resume, () => { shelf.act(id, 'resume'); }) : nothing}
      ${isOver || isAsked ? nothing
        : iconButton('cancel', icons.close, () => { shelf.act(id, 'cancel'); })}
      ${shelf.canSave(id) ? iconButton('save', talkIcons.save, () => { shelf.save(transfer); }) : nothing}
    </div></div>`;
}

/** Small in its row; a click shows it over the page, as large as that is, and another one ends that. */
function pictureTemplate(id: string, src: string, about: string, close: string): TemplateResult {
  const large = `large-${id}`;
  return html`<div class="frame"><button type="button" part="picture-open" popovertarget=${large}
      ><img part="picture" src=${src} alt=${about}></button></div>
    <div part="picture-large" id=${large} popover role="dialog" aria-label=${about} @beforetoggle=${goBack}><button type="button" autofocus aria-label=${close}
      popovertarget=${large} popovertargetaction="hide"><img src=${src} alt=""></button></div>`;
}

/** Within a shadow Chromium 156 leaves the focus on what is hidden then. */
function goBack({ newState, currentTarget }: ToggleEvent): void {
  const large = currentTarget as HTMLElement;
  const { activeElement } = large.getRootNode() as ShadowRoot;
  if (newState === 'closed' && large.contains(activeElement)) large.previousElementSibling?.querySelector('button')?.focus();
}

function statusOf(transfer: TransferView, text: ElementLanguage['text'], locale: string): string {
  const { state, direction, size, bytes, bytesPerSecond, secondsLeft, pausedBy, error } = transfer;
  const progress = () => text('file-progress', { done: formatBytes(bytes, locale), size: formatBytes(size, locale) });
  switch (state) {
    case 'waiting': return text('file-waiting');
    case 'offered': return text(`file-offered:${direction}`);
    case 'active': return joined(
      progress(), bytesPerSecond > 0 ? formatRate(bytesPerSecond, locale) : '',
      secondsLeft === undefined ? '' : text('file-left', { time: formatSeconds(secondsLeft, locale) }),
    );
    case 'paused': return joined(text(pausedBy === 'them' ? 'file-paused:them' : 'file-paused'), progress());
    case 'interrupted': return joined(text('file-interrupted'), progress());
    case 'done': return text(`file-done:${direction}` as MessageKey);
    case 'failed': return errorText(text, error?.code ?? 'internal');
  }
}
