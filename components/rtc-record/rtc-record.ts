import { html, nothing } from 'lit';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { onDemand } from '../internal/english-on-demand.ts';
import { moreIcons } from '../internal/icons-on-demand.ts';
import { addMessages } from '../internal/messages.ts';
import { nameTemplate, plainName, roomLabels } from '../internal/name-labels.ts';
import { isJoined } from '../internal/room-button.ts';
import { ownWidth } from '../internal/own-width.styles.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { askWhere, canAskWhere } from '../internal/save-as.ts';
import { RecorderController } from './recorder-controller.ts';
import { isRecording, progress, recorderStyles, recordings } from './recorder-view.ts';
import { recordingName, recordingType } from './recording-file.ts';
import { styles } from './rtc-record.styles.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { NameLabel } from '../internal/name-labels.ts';
import type { LocalView, ParticipantView } from '../../src/index.ts';
import type { RoomRecorder } from './room-recorder.ts';

addMessages(onDemand);

/**
 * Records the call, of one's own choice of participants, into one file: pictures side by side, sounds mixed. Everyone is shown
 * who records (`<rtc-recording>`). It captures nothing, and ends with the call.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @slot record @slot pause @slot resume @slot stop @slot save - Icons.
 * @csspart panel @csspart heading @csspart about @csspart people @csspart legend @csspart person @csspart name @csspart name-mark
 * @csspart to-file @csspart note @csspart status @csspart button @csspart record @csspart progress @csspart time @csspart size
 * @csspart actions @csspart pause @csspart stop @csspart recordings @csspart recorded - One that was made. @csspart file
 * @csspart discard @csspart save @csspart close @csspart icon
 * @cssState recording @cssState paused
 */
export class RtcRecordElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, ownWidth, buttons, recorderStyles, styles];
  protected readonly view = new RoomController(this, ({ state, local, participants }) => ({ state, local, participants }));
  readonly #recording = new RecorderController(this, this.view);
  #toFile = false;

  override willUpdate(): void {
    const find = (what: string) => this.renderRoot.querySelector<HTMLElement>(what);
    this.keepFocus(() => find('[part=progress], [part=recordings]') ?? find('[part=panel]'));
  }

  override render(): TemplateResult | typeof nothing {
    const view = this.view.value;
    const { recorder } = this.#recording;
    if (!view || !recorder) return nothing;
    const { state, local, participants } = view;
    const labels = roomLabels({ local, participants }, this.text('guest'));
    const labelOf = ({ id }: LocalView | ParticipantView) => labels.get(id) ?? { name: '', mark: '' };
    const unseen = participants.filter(({ kind }) => kind === 'rtcio').map((one) => plainName(labelOf(one)));
    return html`<section part="panel" aria-labelledby="heading" tabindex="-1">
      <h2 part="heading" id="heading">${this.text('record')}</h2>
      <p part="about">${this.text('record-about')}</p>
      ${isJoined(state) ? html`<fieldset part="people"><legend part="legend">${this.text('record-who')}</legend>
        ${[local, ...participants].map((person) => this.#person(recorder, person, labelOf(person), person === local))}</fieldset>` : nothing}
      ${unseen.length > 0 ? html`<p part="note">${
        this.text('record-unseen', { names: new Intl.ListFormat(this.speech.locale).format(unseen) })}</p>` : nothing}
      ${isRecording(recorder) ? html`<div part="status">${progress(recorder, this.speech)}</div>` : this.#start(recorder, isJoined(state))}
      ${recordings(recorder, this.speech, this.shadowRoot)}
    </section>`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { recorder } = this.#recording;
    this.setStates({ recording: isRecording(recorder), paused: recorder?.state === 'paused' });
  }

  #person(recorder: RoomRecorder, { id }: LocalView | ParticipantView, label: NameLabel, isLocal: boolean): TemplateResult {
    return html`<label part="person"><input type="checkbox" .checked=${recorder.isChosen(id)}
      @change=${({ target }: Event) => { recorder.choose(id, (target as HTMLInputElement).checked); }}
      ><span>${nameTemplate(label)} ${isLocal ? `(${this.text('you')})` : nothing}</span></label>`;
  }

  #start(recorder: RoomRecorder, isThere: boolean): TemplateResult {
    const type = recordingType();
    if (!type) return html`<p part="note">${this.text('record-unsupported')}</p>`;
    return html`${canAskWhere() ? html`<label part="to-file"><input type="checkbox" .checked=${this.#toFile}
        @change=${({ target }: Event) => { this.#toFile = (target as HTMLInputElement).checked; }}
        ><span>${this.text('record-to-file')}</span></label>` : nothing}
      <button type="button" part="button record" class="primary" aria-disabled=${isThere ? nothing : 'true'}
        aria-busy=${recorder.state === 'starting'} @click=${() => this.view.ask(({ room: { snapshot } }) => this.#run(recorder, snapshot.name, type))}
        ><slot name="record">${moreIcons.record}</slot>${this.text('record-start')}</button>`;
  }

  /** @throws AbortError where the person chose no file. */
  async #run(recorder: RoomRecorder, room: string, type: string): Promise<void> {
    const file = this.#toFile ? await askWhere(recordingName(room, type)) : undefined;
    await recorder.start({ file, guest: this.text('guest') });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-record': RtcRecordElement;
  }
}
