/** What stands behind "react", "devices" and "more"; loaded when one of them is opened. */
import { html, nothing } from 'lit';
import { REACTIONS } from '../../src/index.ts';
import { adoptMore } from '../internal/adopt-more.ts';
import { deviceSelect, speakerSelect } from '../internal/device-select.ts';
import { dialogs } from '../internal/dialog.styles.ts';
import { onDemand } from '../internal/english-on-demand.ts';
import { shortcutWords } from '../internal/english-shortcuts.ts';
import { moreIcons } from '../internal/icons-on-demand.ts';
import { icons } from '../internal/icons.ts';
import { addMessages } from '../internal/messages.ts';
import { buttonOf, renderButton } from '../internal/room-button.ts';
import { showShortcuts } from '../rtc-room/shortcut-list.ts';
import { styles } from './menu.styles.ts';
import type { TemplateResult } from 'lit';
import type { LocalView, RoomSnapshot } from '../../src/index.ts';
import type { RoomController } from '../controllers/room-controller.ts';
import type { ButtonAction, ButtonView } from '../internal/room-button.ts';
import type { RtcElement } from '../internal/rtc-element.ts';

export { openOver } from '../internal/open-over.ts';

addMessages({ ...onDemand, ...shortcutWords });

/** Elements that are shown over the call; each is loaded when it appears. */
const TOOLS = {
  invite: html`<rtc-invite exportparts="button"></rtc-invite>`,
  doctor: html`<rtc-doctor exportparts="button"></rtc-doctor>`,
  stats: html`<rtc-stats exportparts="button"></rtc-stats>`,
  record: html`<rtc-record exportparts="button"></rtc-record>`,
};
type Tool = keyof typeof TOOLS;

export class Menu {
  readonly #host: RtcElement;
  readonly #room: RoomController<unknown>;
  #tool: Tool | undefined;
  /** Until the dialog is closed. */
  #shown = new AbortController();

  constructor(host: RtcElement, room: RoomController<unknown>) {
    this.#host = host;
    this.#room = room;
    adoptMore(host, [dialogs, styles]);
  }

  /** Screen readers know what each is called, in the person's own language. */
  reactions(): TemplateResult {
    return html`${REACTIONS.map((reaction) => html`<button type="button" part="reaction" class="plain"
      @click=${() => this.#room.ask((host) => host.room.react(reaction))}>${reaction}</button>`)}`;
  }

  devices({ devices, ...view }: Pick<LocalView, 'microphone' | 'camera'> & Pick<RoomSnapshot, 'devices'>): unknown {
    const { text } = this.#host;
    const selects = [
      ...(['microphone', 'camera'] as const).map((source) => deviceSelect(source, view[source], devices, this.#room, text)),
      speakerSelect(devices, this.#room, text),
    ];
    return selects.every((select) => select === nothing) ? text('choose-later') : selects;
  }

  /** @param joined - Else there is nobody to react for, to measure and to record. */
  items(actions: readonly ButtonAction[], joined: boolean, view: ButtonView): TemplateResult {
    const { text } = this.#host;
    const tools: readonly Tool[] = joined ? ['invite', 'record', 'stats', 'doctor'] : ['invite', 'doctor'];
    return html`${joined ? this.#viewItem() : nothing}<div class="narrow" @click=${({ target }: Event) => {
      if ((target as Element).closest('[part~=item]')) this.#leave();
    }}>${joined ? html`<div part="reactions" role="group" aria-label=${text('react')}>${this.reactions()}</div>` : ''}
      ${actions.map((action) => {
        const button = buttonOf(action, view);
        return renderButton({ ...button, part: `item ${action}`, tone: 'plain' }, this.#room, text,
          html`${button.icon}<span>${text(button.label)}</span>`, true);
      })}
      <button type="button" part="item" class="plain" popovertarget="panel">${icons.devices}<span>${text('devices')}</span></button></div>
    ${tools.map((tool) => html`<button type="button" part="item ${tool}" class="plain" aria-haspopup="dialog"
      @click=${() => this.open(tool)}><slot name=${tool}>${moreIcons[tool]}</slot><span>${text(tool)}</span></button>`)}
    ${joined && this.#room.read(({ noShortcuts }) => !noShortcuts) ? html`<button type="button" part="item shortcuts" class="plain"
      aria-haspopup="dialog" @click=${() => { this.#leave(); void this.#room.ask(showShortcuts); }}
      ><slot name="shortcuts">${moreIcons.shortcuts}</slot><span>${text('shortcuts')}</span></button>` : nothing}`;
  }

  /** Of the grid of the default interface, which has no button of its own there; alone there is nothing to choose. */
  #viewItem(): TemplateResult | typeof nothing {
    const grid = this.#room.read(({ shadowRoot }) => shadowRoot?.querySelector('rtc-grid'));
    if (!grid?.matches(':defined') || grid.ownerDocument !== this.#host.ownerDocument) return nothing;
    if (Object.keys(grid.tiles).length < 2) return nothing;
    return html`<button type="button" part="item view" class="plain" aria-haspopup="dialog" @click=${() => {
      this.#leave();
      if (this.#more) grid.menu.open(this.#more);
    }}><slot name="view">${icons.view}</slot><span>${this.#host.text('view')}</span></button>`;
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
    this.#leave();
    this.#show(tool);
    await this.#host.updateComplete;
    this.#dialog?.showModal();
  }

  /** The focus is then where a dialog takes it from, and gives it back to. */
  #leave(): void {
    this.#host.renderRoot.querySelector<HTMLElement>('[popover]:popover-open')?.hidePopover();
    this.#more?.focus();
  }

  get #more(): HTMLElement | null {
    return this.#host.renderRoot.querySelector('[part~=more]');
  }

  /** What is recorded is the call: the dialog goes, and what stands above the call tells of it. */
  #leaveToRecord(signal: AbortSignal): void {
    const { room } = this.#room;
    room?.lifecycle.on('recording-started', ({ participant }) => {
      if (participant.id === room.snapshot.local.id) this.#dialog?.close();
    }, { signal });
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('dialog');
  }

  #show(tool: Tool | undefined): void {
    this.#shown.abort();
    this.#shown = new AbortController();
    if (tool === 'record') this.#leaveToRecord(this.#shown.signal);
    this.#tool = tool;
    this.#host.requestUpdate();
  }
}
