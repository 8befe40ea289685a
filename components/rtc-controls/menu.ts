/** What stands behind "react" and "more"; loaded when one of them is opened. */
import { adoptStyles, html, nothing } from 'lit';
import { REACTIONS } from '../../src/index.ts';
import { onDemand } from '../internal/english-on-demand.ts';
import { moreIcons } from '../internal/icons-on-demand.ts';
import { adoptForeign } from '../internal/foreign-styles.ts';
import { icons } from '../internal/icons.ts';
import { addMessages } from '../internal/messages.ts';
import { buttonOf, renderButton } from '../internal/room-button.ts';
import { styles } from './menu.styles.ts';
import type { TemplateResult } from 'lit';
import type { RoomController } from '../controllers/room-controller.ts';
import type { ButtonAction, ButtonView } from '../internal/room-button.ts';
import type { RtcElement } from '../internal/rtc-element.ts';

addMessages(onDemand);

/** Elements that are shown over the call; each is loaded when it appears. */
const TOOLS = {
  invite: html`<rtc-invite exportparts="button"></rtc-invite>`,
  doctor: html`<rtc-doctor exportparts="button"></rtc-doctor>`,
  stats: html`<rtc-stats exportparts="button"></rtc-stats>`,
  record: html`<rtc-record exportparts="button"></rtc-record>`,
};
type Tool = keyof typeof TOOLS;
const GAP_PX = 8;

export class Menu {
  readonly #host: RtcElement;
  readonly #room: RoomController<unknown>;
  #tool: Tool | undefined;

  constructor(host: RtcElement, room: RoomController<unknown>) {
    this.#host = host;
    this.#room = room;
    const { shadowRoot, ownerDocument } = host;
    const all = [...(host.constructor as typeof RtcElement).elementStyles, styles];
    if (shadowRoot) (ownerDocument === document ? adoptStyles : adoptForeign)(shadowRoot, all);
  }

  /** Screen readers know what each is called, in the person's own language. */
  reactions(): TemplateResult {
    return html`${REACTIONS.map((reaction) => html`<button type="button" part="reaction" class="plain"
      @click=${() => this.#room.ask((host) => host.room.react(reaction))}>${reaction}</button>`)}`;
  }

  /** @param joined - Else there is nobody to react for, to measure and to record. */
  items(actions: readonly ButtonAction[], joined: boolean, view: ButtonView): TemplateResult {
    const { text } = this.#host;
    const tools: readonly Tool[] = joined ? ['invite', 'record', 'stats', 'doctor'] : ['invite', 'doctor'];
    return html`<div class="narrow">${joined ? html`<div part="reactions" role="group" aria-label=${text('react')}>${this.reactions()}</div>` : ''}
      ${actions.map((action) => {
        const button = buttonOf(action, view);
        return renderButton({ ...button, part: `item ${action}`, tone: 'plain' }, this.#room, text,
          html`${button.icon}<span>${text(button.label)}</span>`, true);
      })}
      <button type="button" part="item" class="plain" popovertarget="panel">${icons.devices}<span>${text('devices')}</span></button></div>
    ${tools.map((tool) => html`<button type="button" part="item ${tool}" class="plain" aria-haspopup="dialog"
      @click=${() => this.open(tool)}><slot name=${tool}>${moreIcons[tool]}</slot><span>${text(tool)}</span></button>`)}`;
  }

  /** It comes when it is opened, and goes when it is closed: nothing is measured unseen. */
  dialog(): TemplateResult {
    const tool = this.#tool;
    const { text } = this.#host;
    return html`<dialog part="dialog" aria-label=${tool ? text(tool) : nothing} @close=${() => { this.#show(undefined); }}
      @click=${({ target, currentTarget }: Event) => { if (target === currentTarget) this.#dialog?.close(); }}>${tool ? html`<div
      ><button type="button" part="close" class="plain" aria-label=${text('close')} @click=${() => { this.#dialog?.close(); }}
      >${icons.close}</button>${TOOLS[tool]}</div>` : nothing}</dialog>`;
  }

  async open(tool: Tool): Promise<void> {
    const { renderRoot } = this.#host;
    renderRoot.querySelector<HTMLElement>('[popover]:popover-open')?.hidePopover();
    // From where the dialog takes it, and gives it back to.
    renderRoot.querySelector<HTMLElement>('[part~=more]')?.focus();
    this.#show(tool);
    await this.#host.updateComplete;
    this.#dialog?.showModal();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('dialog');
  }

  #show(tool: Tool | undefined): void {
    this.#tool = tool;
    this.#host.requestUpdate();
  }
}

/** Above what opens it, else below; where all of it fits in neither, it scrolls in the larger of them. Within the window. */
export function openOver(opener: Element, popover: HTMLElement): void {
  const at = opener.getBoundingClientRect();
  const { style } = popover;
  style.maxBlockSize = ''; // Of another opening.
  const { offsetWidth, offsetHeight } = popover;
  // Of the window it stands in, which may be a floating one.
  const { documentElement, defaultView } = opener.ownerDocument;
  const rightmost = documentElement.clientWidth - offsetWidth - GAP_PX;
  const left = Math.max(GAP_PX, Math.min(at.left + (at.width - offsetWidth) / 2, rightmost));
  const above = at.top - 2 * GAP_PX;
  const below = (defaultView ?? window).innerHeight - at.bottom - 2 * GAP_PX;
  const isAbove = offsetHeight <= above || (offsetHeight > below && above > below);
  const room = isAbove ? above : below;
  const top = isAbove ? at.top - GAP_PX - Math.min(offsetHeight, room) : at.bottom + GAP_PX;
  Object.assign(style, { left: `${left}px`, top: `${top}px`, maxBlockSize: `${room}px`, visibility: 'visible' });
  [...popover.querySelectorAll('button')].find((button) => button.checkVisibility())?.focus();
}
