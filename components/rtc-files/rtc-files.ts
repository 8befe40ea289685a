import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { talking } from '../internal/english-talking.ts';
import { addMessages } from '../internal/messages.ts';
import { roomLabels } from '../internal/name-labels.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { talkIcons } from '../internal/talk-icons.ts';
import { attachButton, dropStyles, takeFiles } from './attach.ts';
import { fileRow } from './file-row.ts';
import { fileStyles } from './file-row.styles.ts';
import { FileShelf } from './file-shelf.ts';
import { progressStyles } from './progress.styles.ts';
import { styles } from './rtc-files.styles.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { RoomSnapshot } from '../../src/index.ts';

addMessages(talking);

/**
 * Files to and from participants: offered by a pick, a drop or a paste, taken by a click. A picture is shown once it was accepted
 * and is one by its bytes.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @slot empty - Where there is none yet. @slot attach - The icon.
 * @slot file @slot file-pause @slot file-resume @slot file-cancel @slot file-save - Icons.
 * @csspart list @csspart empty @csspart bar @csspart attach @csspart drop @csspart file @csspart file-icon @csspart picture
 * @csspart file-about @csspart file-name @csspart file-meta @csspart progress @csspart file-status @csspart file-actions
 * @csspart file-accept @csspart file-decline @csspart file-pause @csspart file-resume @csspart file-cancel @csspart file-save
 * @csspart picture-open @csspart picture-large - A picture as large as the page lets it. @csspart icon
 * @cssState empty @cssState dropping
 */
export class RtcFilesElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, buttons, fileStyles, progressStyles, dropStyles, styles];
  protected readonly view = new RoomController(this, selectPeople);
  readonly #shelf = new FileShelf(this, this.view);

  constructor() {
    super();
    takeFiles(this, this.#shelf, (dropping) => { this.setStates({ dropping }); });
  }

  override render(): TemplateResult | typeof nothing {
    const view = this.view.value;
    if (!view) return nothing;
    const { transfers } = this.#shelf;
    const labels = roomLabels(view, this.text('guest'));
    return html`<div part="drop" aria-hidden="true">${this.text('chat-drop')}</div>
      <ul part="list" aria-label=${this.text('files')}>${repeat(transfers, ({ id }) => id, (transfer) =>
        html`<li>${fileRow(transfer, labels.get(transfer.participant), this.#shelf, this.speech)}</li>`)}</ul>
      ${transfers.length === 0 ? html`<p part="empty"><slot name="empty">${this.text('files-empty')}</slot></p>` : nothing}
      <div part="bar">${attachButton(this.text('chat-attach'), talkIcons.attach, view.participants.length > 0, this.#shelf)}</div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.setStates({ empty: this.#shelf.transfers.length === 0 });
  }
}

function selectPeople({ local, participants }: RoomSnapshot) {
  return { local, participants };
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-files': RtcFilesElement;
  }
}
