import { html, nothing } from 'lit';
import { RoomError } from '../../src/index.ts';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { Copying } from '../internal/copying.ts';
import { fieldStyles } from '../internal/field.styles.ts';
import { onDemand } from '../internal/english-on-demand.ts';
import { moreIcons } from '../internal/icons-on-demand.ts';
import { addMessages } from '../internal/messages.ts';
import { ownWidth } from '../internal/own-width.styles.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { adviceFor } from './advice.ts';
import { reportOf } from './report.ts';
import { styles } from './rtc-doctor.styles.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Check, Finding, Room } from '../../src/index.ts';

addMessages(onDemand);

const CHECKS: readonly Check[] = [
  'secure', 'webrtc', 'policy', 'microphone', 'camera', 'relay', 'websocket', 'admission', 'candidates', 'turn-udp', 'turn-tcp',
  'loop',
];

/**
 * Why does it not connect? By a click it checks the page, devices, the relay, TURN and this machine, and says of each what to do.
 * Nobody is prompted, and nobody in the room notices.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @prop findings - What was found, each `{check, state, code?, candidates?}`, without addresses or secrets.
 * @slot about - What it is good for.
 * @csspart panel @csspart heading @csspart about @csspart actions @csspart button @csspart run @csspart copy @csspart summary
 * @csspart checks @csspart check @csspart title @csspart state @csspart advice @csspart code @csspart status @csspart copy-text
 * @csspart icon
 * @cssState good - Nothing stands against a call. @cssState running @cssState bad
 */
export class RtcDoctorElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, ownWidth, buttons, fieldStyles, styles];
  protected readonly view = new RoomController(this, ({ name }) => name);
  readonly #copying = new Copying(this, 'doctor-copied');
  /** Whose findings these are. */
  #room: Room | undefined;
  #findings: readonly Finding[] = [];
  #checkedAt: Date | undefined;
  #run: AbortController | undefined;

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#run?.abort();
  }

  override willUpdate(): void {
    const { room = this.#room } = this.view; // While it is moved it has none.
    if (room !== this.#room) this.#forget();
    this.#room = room;
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.view.room) return nothing;
    const run = this.#run ? 'state:running' : this.#checkedAt ? 'doctor-again' : 'doctor-run';
    return html`<section part="panel" aria-labelledby="heading">
      <h2 part="heading" id="heading">${this.text('doctor')}</h2>
      <p part="about"><slot name="about">${this.text('doctor-about')}</slot></p>
      <div part="actions">
        <button type="button" part="button run" class="primary" aria-disabled=${String(this.#run !== undefined)}
          @click=${() => { void this.check(); }}>${this.text(run)}</button>
        ${this.#checkedAt ? html`<button type="button" part="button copy" @click=${() => this.#copy()}
          >${moreIcons.copy}${this.text('doctor-copy')}</button>` : nothing}
      </div>
      ${this.#copying.render(this.text('doctor'))}
      <p part="summary" role="status">${this.#summary()}</p>
      <ol part="checks" aria-label=${this.text('doctor')} ?hidden=${!this.#run && this.#findings.length === 0}>
        ${this.#findings.map((finding) => this.#line(finding))}
        ${this.#run ? this.#line({ check: CHECKS[this.#findings.length] ?? 'loop', state: 'running' }) : nothing}
      </ol>
    </section>`;
  }

  /** What a click on its button does. One at a time. */
  async check(): Promise<void> {
    const { room } = this.view;
    if (this.#run || !room) return;
    this.#forget();
    const run = (this.#run = new AbortController());
    const { signal } = run;
    this.requestUpdate();
    try {
      await room.diagnose((finding) => {
        if (signal.aborted) return;
        this.#findings = [...this.#findings, finding];
        this.requestUpdate();
      }, { signal });
      if (!signal.aborted) this.#checkedAt = new Date();
    } catch (cause) {
      if (signal.aborted) return;
      void this.view.ask(() => { throw new RoomError('load-failed', 'The checks could not be loaded.', { cause }); });
    } finally {
      if (this.#run === run) this.#run = undefined;
      this.requestUpdate();
    }
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const isDone = this.#checkedAt !== undefined;
    this.setStates({ running: this.#run !== undefined, good: isDone && this.#problems === 0, bad: isDone && this.#problems > 0 });
  }

  #forget(): void {
    this.#run?.abort();
    this.#run = undefined;
    this.#findings = [];
    this.#checkedAt = undefined;
  }

  get #problems(): number {
    return this.#findings.filter(({ state }) => state === 'bad').length;
  }

  #summary(): string {
    if (this.#run) return this.text('state:running');
    if (!this.#checkedAt) return '';
    return this.#problems > 0 ? this.text('doctor-sum-bad', { count: this.#problems }) : this.text('doctor-sum-good');
  }

  #line({ check, state, code, candidates }: Omit<Finding, 'state'> & { state: Finding['state'] | 'running' }): TemplateResult {
    const kinds = candidates && candidates.length > 0
      ? this.text('doctor-candidates', { kinds: new Intl.ListFormat(this.speech.locale).format(candidates) }) : '';
    return html`<li part="check" class=${state} data-check=${check}>${moreIcons[state]}
      <span part="title">${this.text(`check:${check}`)}</span><span part="state">${this.text(`state:${state}`)}</span>
      ${code || kinds ? html`<p part="advice">${kinds} ${code ? html`${adviceFor(code, this.text)} <bdi part="code">${code}</bdi>` : nothing}</p>`
        : nothing}</li>`;
  }

  #copy(): Promise<void> {
    return this.#copying.copy(reportOf(this.#findings, navigator.userAgent, this.#checkedAt ?? new Date()));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-doctor': RtcDoctorElement;
  }
}
