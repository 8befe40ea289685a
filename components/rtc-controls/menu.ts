/** What stands behind "react" and "more"; loaded when one of them is opened. */
import { html } from 'lit';
import { REACTIONS } from '../../src/index.ts';
import { icons } from '../internal/icons.ts';
import { buttonOf, renderButton } from '../internal/room-button.ts';
import type { TemplateResult } from 'lit';
import type { RoomController } from '../controllers/room-controller.ts';
import type { Text } from '../internal/messages.ts';
import type { ButtonAction, ButtonView } from '../internal/room-button.ts';

const GAP_PX = 8;

/** Screen readers know what each is called, in the person's own language. */
export function reactions(room: RoomController<unknown>): TemplateResult {
  return html`${REACTIONS.map((reaction) => html`<button type="button" part="reaction" class="plain"
    @click=${() => room.ask((host) => host.room.react(reaction))}>${reaction}</button>`)}`;
}

/** @param joined - Else there is nobody to react for. */
export function menu(
  actions: readonly ButtonAction[], joined: boolean, view: ButtonView, room: RoomController<unknown>, text: Text,
): TemplateResult {
  return html`${joined ? html`<div part="reactions" role="group" aria-label=${text('react')}>${reactions(room)}</div>` : ''}
    ${actions.map((action) => {
      const button = buttonOf(action, view);
      return renderButton({ ...button, part: `item ${action}`, tone: 'plain' }, room, text,
        html`${button.icon}<span>${text(button.label)}</span>`, true);
    })}
    <button type="button" part="item" class="plain" popovertarget="panel">${icons.devices}<span>${text('devices')}</span></button>`;
}

/** Above what opens it, or below where there is no room, and within the page. */
export function openOver(opener: Element, popover: HTMLElement): void {
  const at = opener.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = popover;
  // Of the window it stands in, which may be a floating one.
  const rightmost = opener.ownerDocument.documentElement.clientWidth - offsetWidth - GAP_PX;
  const left = Math.max(GAP_PX, Math.min(at.left + (at.width - offsetWidth) / 2, rightmost));
  const above = at.top - offsetHeight - GAP_PX;
  Object.assign(popover.style, { left: `${left}px`, top: `${above >= GAP_PX ? above : at.bottom + GAP_PX}px`, visibility: 'visible' });
  popover.querySelector('button')?.focus();
}
