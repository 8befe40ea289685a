/** Which keys do what; loaded when somebody asks. */
import { html, render } from 'lit';
import { adoptMore } from '../internal/adopt-more.ts';
import { dialogs } from '../internal/dialog.styles.ts';
import { shortcutWords } from '../internal/english-shortcuts.ts';
import { icons } from '../internal/icons.ts';
import { addMessages } from '../internal/messages.ts';
import { shortcutsOf } from './shortcut-keys.ts';
import { styles } from './shortcut-list.styles.ts';
import type { TemplateResult } from 'lit';
import type { RoomHost } from '../internal/room-request.ts';

addMessages(shortcutWords);

/** In the room's own shadow, over the page, until it is closed; the focus goes back to where it was. */
export function showShortcuts(host: RoomHost): void {
  const { shadowRoot, speech } = host;
  if (!shadowRoot || shadowRoot.querySelector('[part=shortcuts]')) return;
  adoptMore(host, [dialogs, styles]);
  const shown = host.ownerDocument.createElement('div');
  const controller = {
    hostUpdated: () => {
      speech.mark(shown);
      render(list(host, () => { dialog?.close(); }, end), shown);
    },
    hostDisconnected: () => { end(); },
  };
  const end = () => {
    host.removeController(controller);
    shown.remove();
  };
  shadowRoot.append(shown);
  controller.hostUpdated();
  host.addController(controller);
  const dialog = shown.querySelector('dialog');
  dialog?.showModal();
  if (!dialog?.checkVisibility()) end(); // In a room that is hidden: nobody could close it.
}

function list(host: RoomHost, close: () => void, onClose: () => void): TemplateResult {
  const { text } = host.speech;
  return html`<dialog part="shortcuts" aria-labelledby="shortcuts" @close=${onClose}
      @click=${({ target, currentTarget }: Event) => { if (target === currentTarget) close(); }}>
    <div>
      <header><h2 id="shortcuts">${text('shortcuts')}</h2>
        <button type="button" part="close" class="plain" aria-label=${text('close')} @click=${close}>${icons.close}</button></header>
      <ul role="list">${shortcutsOf(host).map(({ key, label }) => row(text(label), key.toUpperCase()))}
        ${row(text('hold-to-talk'), text('key-space'))}</ul>
      <p>${text('shortcuts-about')}</p>
    </div>
  </dialog>`;
}

function row(words: string, key: string): TemplateResult {
  return html`<li part="shortcut"><span>${words}</span> <kbd part="key">${key}</kbd></li>`;
}
