import { html, nothing } from 'lit';
import { RoomController } from '../controllers/room-controller.ts';
import { RtcRecordedEvent } from '../events.ts';
import { buttons } from '../internal/button.styles.ts';
import { onDemand } from '../internal/english-on-demand.ts';
import { addMessages } from '../internal/messages.ts';
import { plainName, roomLabels } from '../internal/name-labels.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { RecorderController } from '../rtc-record/recorder-controller.ts';
import { isRecording, progress, recorderStyles, recordings } from '../rtc-record/recorder-view.ts';
import { styles } from './rtc-recording.styles.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Recording } from '../rtc-record/room-recorder.ts';

addMessages(onDemand);

/** Several elements may show a room's recorder: the first that sees what it made tells of it. */
const told = new WeakSet<Recording>();

/**
 * Says who records the call, for as long as they do; to who records, with the time and a button to stop, and afterwards what was
 * recorded, to save. `<rtc-room>` shows it above all else.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @fires rtc-recorded
 * @slot pause @slot resume @slot stop @slot save - Icons.
 * @csspart sign @csspart dot @csspart names @csspart progress @csspart time @csspart size @csspart actions @csspart button
 * @csspart pause @csspart stop @csspart recordings @csspart recorded - One that was made. @csspart file @csspart discard
 * @csspart save @csspart close @csspart icon
 * @cssState recording - Somebody records. @cssState own - Oneself does.
 */
export class RtcRecordingElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, buttons, recorderStyles, styles];
  protected readonly view = new RoomController(this, ({ local, participants }) => ({ local, participants }));
  readonly #recording = new RecorderController(this, this.view, (error) => { void this.view.ask(() => { throw error; }); });
  #connected: AbortController | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const { signal } = (this.#connected = new AbortController());
    // The browser asks whether to go: with the page goes what is not saved.
    window.addEventListener('beforeunload', (event) => {
      const { recorder } = this.#recording;
      if (isRecording(recorder) || recorder?.recordings.some(({ blob }) => blob)) event.preventDefault();
    }, { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connected?.abort();
  }

  override willUpdate(): void {
    this.keepFocus(() => this.renderRoot.querySelector<HTMLElement>('[part=progress], [part=recordings]'));
  }

  override render(): TemplateResult | typeof nothing {
    const view = this.view.value;
    if (!view) return nothing;
    const { local, participants } = view;
    const { recorder } = this.#recording;
    const others = participants.filter(({ recording }) => recording !== undefined);
    const isOwn = local.recording !== undefined;
    const labels = roomLabels({ local, participants }, this.text('guest'));
    const names = new Intl.ListFormat(this.speech.locale)
      .format(others.map(({ id }) => plainName(labels.get(id) ?? { name: '', mark: '' })));
    return html`<div part="sign" role="group" ?hidden=${!isOwn && others.length === 0}>
        <span part="dot"></span>
        <span part="names">${isOwn ? html`<span>${this.text('recording-you')}</span>` : nothing}
          ${others.length > 0 ? html`<span>${this.text('recording-by', { names })}</span>` : nothing}</span>
        ${progress(recorder, this.speech)}
      </div>
      ${recordings(recorder, this.speech, this.shadowRoot)}`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { local, participants = [] } = this.view.value ?? {};
    const isOwn = local?.recording !== undefined;
    this.setStates({ own: isOwn, recording: isOwn || participants.some(({ recording }) => recording !== undefined) });
    const { recorder } = this.#recording;
    for (const recording of recorder?.recordings ?? []) {
      if (told.has(recording)) continue;
      told.add(recording);
      if (!this.dispatchEvent(new RtcRecordedEvent(recording))) recorder?.discard(recording);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-recording': RtcRecordingElement;
  }
}
